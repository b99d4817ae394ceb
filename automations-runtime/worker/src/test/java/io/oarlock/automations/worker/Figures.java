package io.oarlock.automations.worker;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Prints what a worker costs on this machine. Not a test: figures differ by machine, and a test
/// that fails on a busy one teaches people to ignore it.
final class Figures {

  private static final int RUNS = 3000;
  private static final String SOURCE =
      "export default (ctx) => ({ names: ctx.event.object.name.split(',').filter(n => n.length) })";
  private static final String CALLING =
      "export default async (ctx) => (await ctx.api.list('tags', { filter: 'a == b' })).type";

  private Figures() {}

  public static void main(String... arguments) throws IOException {
    try (var platform = new Platform(Platform.config())) {
      platform.pool.trained().join();
      Eventually.holds(() -> platform.pool.status().spares() == 1);
      expect(platform.run("/a", SOURCE, Limits.defaults()));
      Eventually.holds(() -> platform.pool.status().spares() == 1);
      print("resident after the first run (and spare)", resident(platform));
      measure(platform, "warm run", SOURCE);
      measure(platform, "warm run with one call", CALLING);
      print("resident after %d runs (and spare)".formatted(2 * RUNS), resident(platform));
      sideBySide(platform);
    }
  }

  private static void measure(Platform platform, String what, String source) {
    var nanos = new long[RUNS];
    var cpu = new long[RUNS];
    for (var i = 0; i < RUNS; i++) {
      var start = System.nanoTime();
      cpu[i] = expect(platform.run("/a", source, Limits.defaults())).usage().cpuTime().toNanos();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos, RUNS / 3, RUNS);
    Arrays.sort(cpu, RUNS / 3, RUNS);
    print(
        what,
        "p50 %.2f ms, p99 %.2f ms, script thread's CPU p50 %.2f ms"
            .formatted(at(nanos, 0.5), at(nanos, 0.99), at(cpu, 0.5)));
  }

  private static double at(long[] sorted, double share) {
    return sorted[RUNS / 3 + (int) (RUNS * 2 / 3 * share)] / 1e6;
  }

  private static void sideBySide(Platform platform) {
    var start = System.nanoTime();
    var lanes =
        IntStream.range(0, 4)
            .mapToObj(lane ->
                CompletableFuture.runAsync(
                    () -> {
                      for (var i = 0; i < RUNS / 4; i++) {
                        expect(platform.run("/a", SOURCE, Limits.defaults()));
                      }
                    },
                    Thread::startVirtualThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(lanes).join();
    print(
        "four lanes", "%.0f runs per second".formatted(RUNS / ((System.nanoTime() - start) / 1e9)));
  }

  private static RunResult expect(RunResult result) {
    if (result instanceof RunResult.Succeeded) {
      return result;
    }
    throw new AssertionError(result.toString());
  }

  private static String resident(Platform platform) throws IOException {
    var text = new StringBuilder();
    for (var pid : platform.pool.pids()) {
      for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.matches("(VmRSS|RssAnon):.*")) {
          text.append(line.replaceAll("\\s+", " ")).append("; ");
        }
      }
    }
    return text.toString();
  }

  private static void print(String what, String figure) {
    System.out.println(Json.text(Map.of("what", what, "figure", figure)));
  }
}
