package io.oarlock.automations.worker;

import io.oarlock.automations.Entry;
import io.oarlock.automations.Limits;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Measures one function in rounds: a line on standard input starts one, a line of JSON is its
/// outcome. So two programs can take turns on a machine whose speed changes by the minute. The
/// first argument names what they have in common: the function and its event.
final class Rounds {

  private static final int RUNS = 1000;
  private static final int STOPS = 5;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Limits BRIEF = Limits.defaults().withWallTime(Duration.ofMillis(300));

  private final Platform platform;
  private final Platform cold;
  private final Script script;
  private final Map<String, Object> context;
  private int count;

  private Rounds(Platform platform, Platform cold, Path folder) throws IOException {
    this.platform = platform;
    this.cold = cold;
    var function = Files.readString(folder.resolve("transform.js"));
    script =
        Script.of("rounds", function + "\nexport default (ctx) => transform(ctx.event.object);");
    var event = Json.parseObject(Files.readAllBytes(folder.resolve("event-50.json")));
    context = Map.of("event", Map.of("object", event));
  }

  public static void main(String... arguments) throws Exception {
    try (var platform = new Platform(Platform.config())) {
      platform.pool.trained().join();
      measure(platform, Path.of(arguments[0]));
    }
  }

  private static void measure(Platform platform, Path folder) throws Exception {
    try (var cold = new Platform(Platform.config().withSpares(0))) {
      var rounds = new Rounds(platform, cold, folder);
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (in.readLine() != null) {
        System.out.println(Json.text(rounds.one()));
      }
    }
  }

  private Map<String, Object> one() throws Exception {
    awaitSpare();
    var before = cpuByProcess();
    var micros = IntStream.range(0, RUNS).mapToLong(i -> run("/rounds")).sorted().toArray();
    var cpu = cpuSince(before);
    var worker = platform.pool.pids().getFirst();
    var stops = IntStream.range(0, STOPS).mapToLong(i -> overrun()).sorted().toArray();
    var resident = residentKib(worker);
    return Map.of(
        "p50",
        micros[RUNS / 2],
        "p99",
        micros[RUNS * 99 / 100],
        "cpu",
        cpu.values().stream().mapToLong(Duration::toNanos).sum() / 1000 / RUNS,
        "cpuWorker",
        cpu.getOrDefault(worker, Duration.ZERO).toNanos() / 1000 / RUNS,
        "stop",
        stops[STOPS / 2],
        "stopWorst",
        stops[STOPS - 1],
        "spare",
        firstWithSpare(),
        "cold",
        first(cold, "/cold-" + count) / 1000,
        "resident",
        resident / 1024);
  }

  private long run(String tenant) {
    return first(platform, tenant);
  }

  /// Microseconds.
  private long first(Platform where, String tenant) {
    var request =
        new RunRequest("round-" + count++, tenant, script, Entry.EVENT, context, Limits.defaults());
    var start = System.nanoTime();
    try {
      if (!(where.pool.run(request, where) instanceof RunResult.Succeeded)) {
        throw new AssertionError("the function failed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return (System.nanoTime() - start) / 1000;
  }

  /// Milliseconds.
  private long overrun() {
    var result = platform.run("/loops", "export default () => { while (true); }", BRIEF);
    return Platform.overrunMillis(result, BRIEF);
  }

  /// Microseconds a tenant waits for its first result where a spare worker is there.
  private long firstWithSpare() {
    awaitSpare();
    return run("/tenant-" + count);
  }

  /// There is one, and none of the workers has anything left to do.
  private void awaitSpare() {
    Eventually.holds(() -> platform.pool.status().spares() > 0);
    Eventually.holds(() -> {
      var before = workersCpu();
      LockSupport.parkNanos(QUIET.toNanos());
      return workersCpu().minus(before).compareTo(QUIET.dividedBy(10)) < 0;
    });
  }

  private Duration workersCpu() {
    var cpu = cpuByProcess();
    cpu.remove(ProcessHandle.current().pid());
    return cpu.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /// Of the platform's side and of each worker. One that starts or ends meanwhile counts for
  /// nothing: its start is a figure of its own.
  private Map<Long, Duration> cpuByProcess() {
    var cpu = new HashMap<Long, Duration>();
    var processes = new ArrayList<>(List.of(ProcessHandle.current()));
    platform.pool.pids().forEach(pid -> ProcessHandle.of(pid).ifPresent(processes::add));
    for (var process : processes) {
      cpu.put(process.pid(), process.info().totalCpuDuration().orElse(Duration.ZERO));
    }
    return cpu;
  }

  private Map<Long, Duration> cpuSince(Map<Long, Duration> before) {
    var cpu = cpuByProcess();
    cpu.keySet().retainAll(before.keySet());
    cpu.replaceAll((pid, now) -> now.minus(before.get(pid)));
    return cpu;
  }

  private static long residentKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
