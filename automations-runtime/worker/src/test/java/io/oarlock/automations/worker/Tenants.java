package io.oarlock.automations.worker;

import io.oarlock.automations.Entry;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Prints what many tenants with one automation each cost on this machine, as a line of JSON each.
/// The first argument says how many there are.
final class Tenants {

  /// Tenants that want something at the same moment.
  private static final int LANES = 2;

  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Script SCRIPT =
      Script.of("one.mjs", "export default (ctx) => ctx.event.object.name.length");

  private final Platform platform;
  private final int count;
  private final long[] waited;
  private final long[] answered;

  private Tenants(Platform platform, int count) {
    this.platform = platform;
    this.count = count;
    waited = new long[count];
    answered = new long[count];
  }

  public static void main(String... arguments) throws IOException {
    try (var platform = new Platform(Platform.config().withIdleTime(IDLE))) {
      platform.pool.trained().join();
      new Tenants(platform, Integer.parseInt(arguments[0])).measure();
    }
  }

  private void measure() throws IOException {
    var began = System.nanoTime();
    var lanes =
        IntStream.range(0, LANES)
            .mapToObj(
                lane -> CompletableFuture.runAsync(() -> come(lane), Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(lanes).join();
    print("tenants, one after the other in %d lanes".formatted(LANES), seconds(began));
    print("workers alive then", String.valueOf(platform.pool.status().workers()));
    print("their memory, shared pages counted once", proportionalMib() + " MiB");
    print("the hundredth tenant's run began after", millis(waited[Math.min(count, 100) - 1]));
    print("a new tenant's run began after, median", millis(median(waited)));
    print("the same, worst", millis(Arrays.stream(waited).max().orElseThrow()));
    print("its answer was there after, median", millis(median(answered)));
    var idle = System.nanoTime();
    var spares = platform.pool.status().spares();
    Eventually.holds(IDLE.multipliedBy(3), () -> platform.pool.status().workers() <= 1);
    print("idle workers given back after (idle time %s)".formatted(IDLE), seconds(idle));
    print("spares before and after", spares + ", " + platform.pool.status().spares());
  }

  private void come(int lane) {
    for (var number = lane; number < count; number += LANES) {
      run(number);
    }
  }

  private void run(int number) {
    var request =
        new RunRequest(
            "tenant-" + number,
            "/t" + number,
            SCRIPT,
            Entry.EVENT,
            Map.of("event", Map.of("object", Map.of("name", "a"))),
            Limits.defaults());
    var start = System.nanoTime();
    try {
      var result = platform.pool.run(request, new Waiting(number, start));
      if (!(result instanceof RunResult.Succeeded)) {
        throw new AssertionError("tenant %d: %s".formatted(number, result));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    answered[number] = System.nanoTime() - start;
  }

  private final class Waiting implements HostCalls {
    private final int number;
    private final long start;

    private Waiting(int number, long start) {
      this.number = number;
      this.start = start;
    }

    @Override
    public void begun() {
      waited[number] = System.nanoTime() - start;
    }

    @Override
    public Object call(String operation, Map<String, Object> arguments) {
      return arguments;
    }

    @Override
    public void log(LogLine line) {}
  }

  private long proportionalMib() throws IOException {
    var kib = 0L;
    for (var pid : platform.pool.pids()) {
      try {
        kib +=
            Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Pss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
      } catch (NoSuchFileException e) {
        // It was given back a moment ago.
      }
    }
    return kib / 1024;
  }

  private static long median(long[] values) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String millis(long nanos) {
    return "%.1f ms".formatted(nanos / 1e6);
  }

  private static String seconds(long began) {
    return "%.1f s".formatted((System.nanoTime() - began) / 1e9);
  }

  private static void print(String what, String figure) {
    System.out.println(Json.text(Map.of("what", what, "figure", figure)));
  }
}
