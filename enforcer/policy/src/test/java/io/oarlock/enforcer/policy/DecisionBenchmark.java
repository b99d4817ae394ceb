package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;
import io.oarlock.model.TagExpression;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a decision takes, for ends that were seen before and for new ones. Run it with {@code
 * java -cp … io.oarlock.enforcer.policy.DecisionBenchmark [RULES]}; it prints medians and 99th
 * percentiles of batches in microseconds.
 */
final class DecisionBenchmark {
  private static final int BATCHES = 400;
  private static final int BATCH = 500;

  private DecisionBenchmark() {}

  public static void main(String[] args) {
    var count = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    var rules = IntStream.range(0, count).mapToObj(DecisionBenchmark::rule).toList();
    for (var round = 0; round < 4; round++) {
      var started = System.nanoTime();
      Policies.compile(1, rules, Defaults.REJECT);
      System.out.printf(
          Locale.ROOT,
          "%d rules compiled in %d ms%n",
          count,
          (System.nanoTime() - started) / 1_000_000);
    }
    var policies = Policies.compile(1, rules, Defaults.REJECT);
    var subject = policies.party(tags(7, "front"));
    var object = policies.party(tags(7, "back"));
    for (var round = 0; round < 3; round++) {
      report(
          "both ends known",
          i ->
              policies
                  .decide(subject, object, Traffic.tcp(8080), Side.RECEIVER, Dice.NOON)
                  .allowed());
      report(
          "both ends looked up by their tags",
          i -> policies.decide(connection(i % 1000), Side.RECEIVER).allowed());
      report(
          "one end never seen before",
          i -> {
            var fresh = policies.party(with(tags(i % count, "front"), "$id=" + System.nanoTime()));
            return policies
                .decide(fresh, object, Traffic.tcp(8080), Side.RECEIVER, Dice.NOON)
                .allowed();
          });
    }
  }

  private interface Work {
    boolean run(int i);
  }

  private static void report(String what, Work work) {
    var took = new double[BATCHES];
    var allowed = 0;
    for (var batch = 0; batch < BATCHES; batch++) {
      var start = System.nanoTime();
      for (var i = 0; i < BATCH; i++) {
        allowed += work.run(batch * BATCH + i) ? 1 : 0;
      }
      took[batch] = (System.nanoTime() - start) / 1000.0 / BATCH;
    }
    Arrays.sort(took);
    System.out.printf(
        Locale.ROOT,
        "%-36s p50 %7.3f us   p99 %7.3f us   (%d allowed)%n",
        what,
        took[BATCHES / 2],
        took[BATCHES * 99 / 100],
        allowed);
  }

  private static Connection connection(int app) {
    return new Connection(tags(app, "front"), tags(app, "back"), Traffic.tcp(8080), Dice.NOON);
  }

  /** One rule in twenty rejects, on another port; all share env=prod, as real ones do. */
  private static Rule rule(int i) {
    var rejects = i % 20 == 0;
    return new Rule(
        "rule-" + i,
        selector("env=prod", "app=a" + i % 2000, "role=front"),
        selector("env=prod", "app=a" + i % 2000, "role=back"),
        List.of(Ports.parse(rejects ? "tcp/22" : "tcp/8080")),
        rejects ? Action.REJECT : Action.ALLOW,
        Direction.BIDIRECTIONAL,
        Optional.empty(),
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static Rule.Selector selector(String... terms) {
    return new Rule.Selector(TagExpression.parse(List.of(List.of(terms))), false);
  }

  private static Set<String> tags(int app, String role) {
    return Set.of("env=prod", "app=a" + app % 2000, "role=" + role, "team=t" + app % 50, "zone=eu");
  }

  private static Set<String> with(Set<String> tags, String one) {
    var all = new HashSet<>(tags);
    all.add(one);
    return all;
  }
}
