package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the platform between commits and deliveries while many write and endpoints fail in eight
 * ways: every committed event reaches every endpoint, repeats have the same id, and nothing is told
 * that was not committed. {@code -Doarlock.chaos=PT10M} goes on for longer.
 */
class ChaosTest {
  private static final String PROPERTY = "oarlock.chaos";
  private static final Duration LENGTH = Duration.parse(System.getProperty(PROPERTY, "PT10S"));

  /** Of each writer. Longer in a longer test, or the messages take hours to send after it. */
  static final Duration BETWEEN_WRITES = Duration.ofMillis(Math.min(5000, LENGTH.toMillis() / 20));

  private static final int ENDPOINTS = 20;
  private static final int WAYS = 8;
  private static final int FAILING_PERCENT = 30;

  private static final int ROUNDS = 5;
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Longer than any wait between attempts, so that all are due. */
  private static final Duration AHEAD = Duration.ofHours(9);

  @TempDir private Path directory;
  private final Receiver receiver = new Receiver(false);

  /** By endpoint, the webhook ids that told of each version of each resource. */
  private final Map<String, Map<String, Set<String>>> told = new ConcurrentHashMap<>();

  private volatile boolean calm;

  @Test
  void everyCommittedEventReachesEveryEndpointWhateverIsKilled() throws Exception {
    receiver.answer = this::answer;
    try (var platform = new TestPlatform(directory)) {
      prepare(platform.admin());
    }
    var end = System.nanoTime() + LENGTH.toNanos();
    while (System.nanoTime() < end) {
      killSoon(node());
    }
    calm = true;

    var committed = hearAll();
    assertThat(committed).hasSizeGreaterThan(100);
    assertThat(told).hasSize(ENDPOINTS);
    told.forEach((endpoint, heard) -> {
      assertThat(heard.keySet()).as(endpoint).isEqualTo(committed);
      assertThat(heard.values()).as(endpoint).allSatisfy(ids -> assertThat(ids).hasSize(1));
    });
    receiver.close();
  }

  /**
   * Lets the platform send what is left, and gives what was committed. A message that found a busy
   * machine and no answer in time is due again hours later: so is the next round.
   */
  private Set<String> hearAll() {
    var committed = Set.<String>of();
    for (var round = 1; round <= ROUNDS && (round == 1 || left(committed) > 0); round++) {
      try (var platform = new TestPlatform(directory, AHEAD.multipliedBy(round))) {
        committed = committed(platform);
        awaitSilence(committed);
      }
    }
    return committed;
  }

  /** Until all were heard, or nothing for a while. */
  private void awaitSilence(Set<String> committed) {
    var heardAt = System.nanoTime();
    for (var left = left(committed); left > 0 && isRecent(heardAt); ) {
      LockSupport.parkNanos(LOOK.toNanos());
      var now = left(committed);
      heardAt = now < left ? System.nanoTime() : heardAt;
      left = now;
    }
  }

  private static boolean isRecent(long nanos) {
    return System.nanoTime() - nanos < SILENCE.toNanos();
  }

  private long left(Set<String> committed) {
    return IntStream.range(0, ENDPOINTS)
        .mapToObj(i -> told.getOrDefault("/" + i, Map.of()))
        .mapToLong(heard -> committed.stream().filter(one -> !heard.containsKey(one)).count())
        .sum();
  }

  private void prepare(TestPlatform.Caller admin) {
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("egresspolicy", "/acme", Map.of("name", "local", "allow", List.of("127.0.0.0/8")));
    for (var i = 0; i < ENDPOINTS; i++) {
      admin.create(
          "hookpolicy",
          "/acme",
          Map.of(
              "name",
              "hook" + i,
              "mode",
              "Post",
              "subject",
              List.of(List.of("$type=externalnetwork")),
              "timeout",
              "PT0.5S",
              "endpoint",
              receiver.url("/" + i)));
    }
  }

  private Process node() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var node =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-D" + PROPERTY + "=" + LENGTH,
                "-cp",
                System.getProperty("java.class.path"),
                ChaosNode.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(node.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("writing");
    return node;
  }

  private static void killSoon(Process node) throws InterruptedException {
    var life = Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, 3000));
    assertThat(node.waitFor(life.toMillis(), TimeUnit.MILLISECONDS)).as("it lives").isFalse();
    node.destroyForcibly().waitFor();
  }

  private static Set<String> committed(TestPlatform platform) {
    var committed = new HashSet<String>();
    for (var event : platform.events()) {
      if (event.type().equals("externalnetwork")) {
        committed.add(version(event.object()));
      }
    }
    return committed;
  }

  private static String version(Map<String, Object> object) {
    return object.get("id") + "@" + object.get("version");
  }

  private void answer(HttpServerRequest request, Receiver.Message message) {
    receiver.messages.clear();
    told.computeIfAbsent(message.path(), _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            version(Trees.object(message.data().get("input"))), _ -> ConcurrentHashMap.newKeySet())
        .add(message.header("webhook-id"));
    if (calm || ThreadLocalRandom.current().nextInt(100) >= FAILING_PERCENT) {
      Receiver.reply(request, 200, "");
      return;
    }
    switch (Integer.parseInt(message.path().substring(1)) % WAYS) {
      case 0 -> Receiver.reply(request, 500, "");
      case 1 -> request.connection().close();
      case 2 -> request.response().putHeader("location", "/elsewhere").setStatusCode(302).end();
      case 3 -> request.response().putHeader("retry-after", "1").setStatusCode(429).end();
      case 4 -> Receiver.reply(request, 200, "x".repeat(UrlHooks.REPLY_MAX + 1));
      case 5 -> request.response().setChunked(true).write("drip");
      case 6 -> Receiver.reply(request, 503, "busy");
      default -> request.pause(); // never answers
    }
  }
}
