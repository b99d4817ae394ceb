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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Prints how a tenant with a steady load fares while another one attacks: for each attack a line
/// of JSON with the quiet time before it and the time during it. The first argument says how many
/// seconds each of them lasts.
final class Neighbours {

  private static final Script STEADY =
      Script.of(
          "steady.mjs",
          "export default (ctx) => ctx.event.object.name.split('').map((c) => c + c).join()");
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int WARM_UP_RUNS = 500;

  /// Runs of the attacker at once.
  private static final int LANES = 2;

  private static final Limits BRIEF = Limits.defaults().withWallTime(Duration.ofSeconds(1));

  private static final Map<String, String> ATTACKS = attacks();

  private final Platform platform;
  private final Duration time;
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean attacking;

  private Neighbours(Platform platform, Duration time) {
    this.platform = platform;
    this.time = time;
  }

  private static Map<String, String> attacks() {
    var attacks = new LinkedHashMap<String, String>();
    attacks.put("endless loop", "while (true);");
    attacks.put("endless promises", "const l = () => Promise.resolve().then(l); await l()");
    attacks.put("product of BigInts", "let x = 3n; while (true) x = x * x");
    attacks.put("memory in arrays", "const a = []; for (;;) a.push(new Uint8Array(1 << 20))");
    attacks.put("memory in strings", "let s = 'x'; for (;;) { s += s; s.indexOf('y') }");
    attacks.put("flood of logs", "for (;;) ctx.log.info('x'.repeat(1000))");
    attacks.put("flood of calls", "for (;;) await ctx.kv.get('a').catch(() => {})");
    return attacks;
  }

  public static void main(String... arguments) throws IOException {
    try (var platform = new Platform(Platform.config())) {
      platform.pool.trained().join();
      var neighbours = new Neighbours(platform, Duration.ofSeconds(Integer.parseInt(arguments[0])));
      for (var run = 0; run < WARM_UP_RUNS; run++) {
        neighbours.run();
      }
      Eventually.holds(() -> platform.pool.status().spares() > 0);
      ATTACKS.forEach(neighbours::measure);
    }
  }

  private void measure(String name, String attack) {
    var calm = load();
    attacking = true;
    var attackers = attackers("export default async (ctx) => {" + attack + "}");
    var attacked = load();
    attacking = false;
    attackers.join();
    System.out.println(
        Json.text(
            Map.of(
                "attack", name,
                "p99Calm", at(calm, 0.99),
                "p99Attacked", at(attacked, 0.99),
                "p50Calm", at(calm, 0.5),
                "p50Attacked", at(attacked, 0.5),
                "runs", (long) attacked.length)));
  }

  private CompletableFuture<Void> attackers(String source) {
    var script = Script.of("attack.mjs", source);
    var lanes = new ArrayList<CompletableFuture<Void>>();
    for (var lane = 0; lane < LANES; lane++) {
      lanes.add(
          CompletableFuture.runAsync(
              () -> {
                while (attacking) {
                  var _ = run("/attacker", script, BRIEF.withApiCalls(1_000_000));
                }
              },
              Thread::startVirtualThread));
    }
    return CompletableFuture.allOf(lanes.toArray(CompletableFuture<?>[]::new));
  }

  /// Nanoseconds of each run, sorted. A run that fails ends the program: an attack that a neighbour
  /// feels in that way is no figure but a fault.
  private long[] load() {
    var end = System.nanoTime() + time.toNanos();
    List<Long> nanos = new ArrayList<>();
    while (System.nanoTime() < end) {
      nanos.add(run());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    var sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private long run() {
    var start = System.nanoTime();
    var result = run("/steady", STEADY, Limits.defaults());
    if (!(result instanceof RunResult.Succeeded)) {
      throw new AssertionError("the steady tenant's run ended with " + result);
    }
    return System.nanoTime() - start;
  }

  private RunResult run(String tenant, Script script, Limits limits) {
    var event = Map.<String, Object>of("event", Map.of("object", Map.of("name", "neighbour")));
    var request =
        new RunRequest(
            "run-" + count.incrementAndGet(), tenant, script, Entry.EVENT, event, limits);
    try {
      return platform.pool.run(request, new Deaf());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Keeps nothing of a flood.
  private static final class Deaf implements HostCalls {
    @Override
    public Object call(String operation, Map<String, Object> arguments) {
      return arguments;
    }

    @Override
    public void log(LogLine line) {}
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)] / 1e6;
  }
}
