package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.Entry;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the protocol against an end that lies; the same lies in every run of the test. */
@Timeout(60)
class ProtocolFuzzTest {
  private static final long SEED = 20261122;
  private static final Duration TIME = Duration.ofSeconds(4);
  private static final List<String> KEYS =
      List.of(
          "run",
          "call",
          "operation",
          "level",
          "limit",
          "cpu",
          "allocated",
          "outcome",
          "why",
          "error",
          "logBytesDropped",
          "check",
          "engine",
          "pid",
          "unfiltered",
          "script",
          "ok");
  private static final List<Object> VALUES =
      List.of(
          "r",
          "",
          "x".repeat(70_000),
          0L,
          1L,
          -1L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.5,
          true,
          false,
          List.of(),
          List.of(List.of(1L)),
          Map.of(),
          "succeeded",
          "failed",
          "stopped",
          "refused",
          "memory",
          "wallTime",
          "api.list",
          "fetch",
          "nothing.like.it",
          "\u0000",
          "𝄞\ud800",
          Map.of("message", "m", "line", 1L, "column", -1L, "stack", "s"),
          Map.of("message", 1L, "line", "1"));
  private static final List<String> BODIES =
      List.of(
          "", "{}", "[]", "null", "{\"a\":", "[".repeat(5000), "\"x\"", "{\"reason\":1}", "\u0001");

  private final Random random = new Random(SEED);

  /** However a worker lies, its own run ends, once, and the platform goes on. */
  @Test
  void aPlatformSurvivesEveryWorker(@TempDir Path directory) throws Exception {
    var deadline = System.nanoTime() + TIME.toNanos();
    var workers = 0;
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      while (System.nanoTime() < deadline) {
        var socket = directory.resolve("s" + workers++);
        assertThat(lifeWith(socket, clock)).as("worker %d", workers).isNotNull();
      }
      clock.shutdownNow();
    }
    assertThat(workers).isGreaterThan(50);
  }

  private RunResult lifeWith(Path path, ScheduledExecutorService clock) throws Exception {
    var address = UnixDomainSocketAddress.of(path);
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var liar = SocketChannel.open(address)) {
      var worker = new WorkerProcess(started(server.accept()), 1 << 20, clock, () -> {});
      var run = new ActiveRun(request(), new Silent(), Duration.ZERO);
      var result = CompletableFuture.supplyAsync(() -> await(run), Thread::startVirtualThread);
      worker.begin(run);
      lie(liar);
      liar.shutdownOutput();
      var end = result.get(60, TimeUnit.SECONDS);
      Eventually.holds(() -> !worker.isAlive());
      return end;
    }
  }

  private static RunResult await(ActiveRun run) {
    try {
      return run.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void lie(SocketChannel liar) {
    try {
      for (var i = random.nextInt(20); i >= 0; i--) {
        var frame = frame();
        while (frame.hasRemaining()) {
          liar.write(frame);
        }
      }
    } catch (IOException e) {
      // The platform has had enough of it.
    }
  }

  /** Mostly a frame whose parts make no sense together, sometimes none. */
  private ByteBuffer frame() throws IOException {
    var header = new LinkedHashMap<String, Object>();
    header.put("run", "r");
    for (var i = random.nextInt(6); i > 0; i--) {
      header.put(one(KEYS), one(VALUES));
    }
    var kind = one(Arrays.asList(Frame.Kind.values()));
    var bytes = Frame.of(kind, header, one(BODIES)).encoded();
    if (random.nextInt(4) == 0) {
      for (var i = random.nextInt(4); i >= 0; i--) {
        bytes.put(random.nextInt(Math.min(64, bytes.limit())), (byte) random.nextInt());
      }
    }
    return random.nextInt(8) == 0 ? bytes.limit(random.nextInt(bytes.limit())) : bytes;
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** What a worker reads of a frame either makes sense or is refused in words. */
  @Test
  void aWorkerTakesNoScriptThatIsNone() {
    var refused = 0;
    for (var i = 0; i < 20_000; i++) {
      var tree = new LinkedHashMap<String, Object>();
      for (var key : List.of("name", "version", "source", "modules")) {
        if (random.nextInt(8) > 0) {
          tree.put(
              key, random.nextInt(3) == 0 ? one(VALUES) : key.equals("modules") ? Map.of() : "a");
        }
      }
      try {
        assertThat(WireScript.script(tree).source()).isInstanceOf(String.class);
      } catch (IOException | IllegalArgumentException e) {
        assertThat(e).message().isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void aWorkerEndsWhenItsPlatformTalksNonsense() throws Exception {
    try (var start = new WorkerStart(Platform.config(), WorkerMain.class);
        var worker = start.start(128L << 20)) {
      worker.connection().send(Frame.of(Frame.Kind.RUN, Map.of("run", "r", "script", Map.of())));
      assertThat(worker.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(worker.lastWords()).contains("a RUN frame without a proper");
    }
  }

  private static RunRequest request() {
    return new RunRequest("r", "/t", Script.of("s", "x"), Entry.EVENT, Map.of(), Limits.defaults());
  }

  /** Behind the liar stands a process that has ended, which nobody can harm. */
  private static WorkerStart.Started started(SocketChannel channel) throws Exception {
    var process = new ProcessBuilder("/bin/sh", "-c", ":").start();
    process.waitFor();
    return new WorkerStart.Started(
        process,
        process.toHandle(),
        new Connection(channel),
        "none",
        LastWords.of(InputStream.nullInputStream(), 16),
        ControlGroup.none(),
        () -> {});
  }

  private static final class Silent implements HostCalls {
    @Override
    public @Nullable Object call(String operation, Map<String, Object> arguments) {
      return arguments;
    }

    @Override
    public void log(LogLine line) {}
  }
}
