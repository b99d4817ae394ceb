package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What hooks cost, as JSON lines: the engine on its durable store and an endpoint in the same
 * process over loopback. Nothing here is a test.
 */
final class HookFigures {
  private static final int WRITES = 5000;
  private static final int A_SECOND = 1000;
  private static final int SUBSCRIBERS = 100;
  private static final int IDLE = 10_000;
  private static final int WRITERS = 16;

  /** Made one after the other. */
  private static final int CREATES = 1000;

  /** Of each measurement; only the last one counts, since code is slow until it is compiled. */
  private static final int ROUNDS = 6;

  private final TestPlatform platform;
  private final TestPlatform.Caller admin;
  private final Receiver receiver = new Receiver(false);
  private final Map<String, Long> arrived = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();
  private volatile boolean listening = true;

  private HookFigures(Path folder) {
    this.platform = new TestPlatform(folder);
    this.admin = platform.admin();
    receiver.answer =
        (request, message) -> {
          receiver.messages.clear();
          count.incrementAndGet();
          arrived.put(
              String.valueOf(Trees.object(message.data().get("input")).get("name")),
              System.nanoTime());
          Receiver.reply(request, 200, "{}");
        };
  }

  public static void main(String[] words) throws Exception {
    var folder = Files.createTempDirectory("oarlock-hooks");
    try {
      var figures = new HookFigures(folder);
      figures.run();
      figures.platform.close();
      figures.receiver.close();
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("egresspolicy", "/acme", Map.of("name", "local", "allow", List.of("127.0.0.0/8")));
    writes("warm", WRITES, 0);
    preHook();
    hook("post", "Post");
    writes("warmer", WRITES, 0);
    settled();
    latency();
    throughput();
    subscribers();
    idle();
  }

  /** What writes cost beside subscribers whom none of them concerns. */
  private void idle() {
    var principal = platform.engine.authenticate(admin.token(), TestPlatform.origin());
    var alone = creates("alone");
    var feeds = new ArrayList<EventFeed>();
    for (var i = 0; i < IDLE; i++) {
      var feed = platform.engine.subscribe(principal, request("account", Optional.empty()));
      feeds.add(feed);
      Thread.ofVirtual().start(() -> listen(feed));
    }
    var beside = creates("beside");
    told("create, p50, nobody subscribed", at(alone, 50), "µs");
    told("create, p50, " + IDLE + " idle subscribers", at(beside, 50), "µs");
    told("create, p99, nobody subscribed", at(alone, 99), "µs");
    told("create, p99, " + IDLE + " idle subscribers", at(beside, 99), "µs");
    listening = false; // one that is closed has nothing more at once, again and again
    feeds.forEach(EventFeed::close);
  }

  private void listen(EventFeed feed) {
    try (feed) {
      while (listening && feed.next(500, Duration.ofMinutes(1)).isEmpty()) {
        // Nothing that concerns it has happened.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static EventFeed.Request request(String type, Optional<Long> after) {
    return new EventFeed.Request(
        NamespacePath.of("/acme"), false, Set.of(type), Set.of(), Optional.empty(), after);
  }

  private void hook(String name, String mode) {
    admin.create(
        "hookpolicy",
        "/acme",
        Map.of(
            "name",
            name,
            "mode",
            mode,
            "subject",
            List.of(List.of("$type=externalnetwork")),
            "endpoint",
            receiver.url("/" + name)));
  }

  /** Writes, so many a second or as fast as may be; when each was committed, by name. */
  private Map<String, Long> writes(String prefix, int number, int perSecond) {
    var committed = new ConcurrentHashMap<String, Long>();
    var began = System.nanoTime();
    var next = new AtomicLong();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var writer = 0; writer < WRITERS; writer++) {
        var _ =
            writers.submit(() -> {
              for (var i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
                if (perSecond > 0) {
                  var due = began + i * 1_000_000_000L / perSecond;
                  LockSupport.parkNanos(due - System.nanoTime());
                }
                var name = prefix + i;
                admin.create(
                    "externalnetwork",
                    "/acme",
                    Map.of("name", name, "entries", List.of("10.0.0.0/8")));
                committed.put(name, System.nanoTime());
              }
            });
      }
    }
    return committed;
  }

  private void settled() {
    Waiting.until(() -> pending() == 0, "all deliveries");
  }

  private long pending() {
    var waiting =
        new Call.Reading(
            false,
            false,
            Optional.of("status == Pending"),
            List.of(),
            List.of(),
            Optional.of(1),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
    var answer =
        admin.call(
            Operation.COUNT,
            "delivery",
            "/acme",
            Optional.empty(),
            Map.of(),
            waiting,
            Call.Writing.DEFAULT);
    return answer instanceof Answer.Count(var found) ? found : 0;
  }

  private void latency() {
    var committed = writes("timed", WRITES, A_SECOND);
    settled();
    var micros =
        committed.entrySet().stream()
            .flatMap(each ->
                Optional.ofNullable(arrived.get(each.getKey()))
                    .map(at -> at - each.getValue())
                    .stream())
            .mapToDouble(nanos -> Math.max(0, nanos) / 1e3)
            .sorted()
            .toArray();
    told("commit to Post hook on the wire, " + A_SECOND + " writes/s, p50", at(micros, 50), "µs");
    told("commit to Post hook on the wire, " + A_SECOND + " writes/s, p99", at(micros, 99), "µs");
  }

  private void throughput() {
    for (var round = 1; round < ROUNDS; round++) {
      redriven();
    }
    told("Post deliveries to one endpoint, signed, logged", redriven(), "/s");
  }

  /** Messages in a second, when all that were delivered are delivered again. */
  private double redriven() {
    var before = count.get();
    admin.create(
        "redrive", "/acme", Map.of("source", "name:post", "statuses", List.of("Delivered")));
    Waiting.until(() -> count.get() > before, "the first message");
    var began = System.nanoTime();
    var first = count.get();
    Waiting.until(() -> count.get() - before >= 2L * WRITES, "the messages");
    var rate = (count.get() - first) / ((System.nanoTime() - began) / 1e9);
    settled();
    return rate;
  }

  private void preHook() throws IOException, InterruptedException {
    var without = heated("bare");
    hook("pre", "Pre");
    var with = heated("asked");
    admin.plain(Operation.DELETE, "hookpolicy", "/acme", "name:pre", Map.of());
    var own = ownTime();
    told("create, p50, no hook", at(without, 50), "µs");
    told("create, p50, one Pre hook that answers at once", at(with, 50), "µs");
    told("the endpoint's own answer to a plain client, p50", at(own, 50), "µs");
  }

  private double[] heated(String prefix) {
    for (var round = 1; round < ROUNDS; round++) {
      creates(prefix + round + "-");
    }
    return creates(prefix);
  }

  /** What the endpoint takes when the JDK's client sends it a message of a hook. */
  private double[] ownTime() throws IOException, InterruptedException {
    var body = "{\"data\":{\"input\":{\"name\":\"own\",\"padding\":\"" + "x".repeat(1000) + "\"}}}";
    var request =
        HttpRequest.newBuilder(URI.create(receiver.url("/own")))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var micros = new double[ROUNDS * CREATES];
      for (var i = 0; i < micros.length; i++) {
        var began = System.nanoTime();
        client.send(request, HttpResponse.BodyHandlers.ofString());
        micros[i] = (System.nanoTime() - began) / 1e3;
      }
      var last = Arrays.copyOfRange(micros, micros.length - CREATES, micros.length);
      Arrays.sort(last);
      return last;
    }
  }

  private double[] creates(String prefix) {
    var micros = new double[CREATES];
    for (var i = 0; i < micros.length; i++) {
      var began = System.nanoTime();
      admin.create(
          "externalnetwork", "/acme", Map.of("name", prefix + i, "entries", List.of("10.0.0.0/8")));
      micros[i] = (System.nanoTime() - began) / 1e3;
    }
    Arrays.sort(micros);
    return micros;
  }

  private void subscribers() throws InterruptedException {
    var principal = platform.engine.authenticate(admin.token(), TestPlatform.origin());
    var request = request("externalnetwork", Optional.of(0L));
    var seen = new AtomicLong();
    var events = platform.events().stream().filter(e -> e.type().equals("externalnetwork")).count();
    var began = System.nanoTime();
    var readers = new ArrayList<Thread>();
    for (var i = 0; i < SUBSCRIBERS; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(() -> {
                try (var feed = platform.engine.subscribe(principal, request)) {
                  for (var own = 0L; own < events; ) {
                    var some = feed.next(500, Duration.ofSeconds(10)).size();
                    own += some;
                    seen.addAndGet(some);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (var reader : readers) {
      reader.join();
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    told("events to " + SUBSCRIBERS + " subscribers, from the log", seen.get() / seconds, "/s");
  }

  private static double at(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private static void told(String what, double value, String unit) {
    var line = new LinkedHashMap<String, Object>();
    line.put("what", what);
    line.put("value", value);
    line.put("unit", unit);
    System.out.println(Json.text(line));
  }
}
