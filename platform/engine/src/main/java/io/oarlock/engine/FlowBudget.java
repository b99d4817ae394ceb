package io.oarlock.engine;

import io.oarlock.model.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How much one enforcer may tell, so that none fills the store or starves the others. */
final class FlowBudget {
  /** Most flows of one enforcer in a {@link #PERIOD}, on this node. */
  static final int FLOWS_MAX = 60_000;

  static final Duration PERIOD = Duration.ofMinutes(1);

  /** Most enforcers remembered; all are forgotten when there are more. */
  private static final int ENFORCERS_MAX = 20_000;

  private final Clock clock;
  private final Map<String, Spent> spent = new ConcurrentHashMap<>();

  private record Spent(Instant since, long flows) {}

  FlowBudget(Clock clock) {
    this.clock = clock;
  }

  /** Refuses what is too much; the enforcer keeps it and asks again. */
  void take(String enforcer, int flows) {
    if (spent.size() >= ENFORCERS_MAX) {
      spent.clear();
    }
    var now = clock.instant();
    var after =
        spent.merge(
            enforcer,
            new Spent(now, flows),
            (old, more) ->
                now.isBefore(old.since().plus(PERIOD))
                    ? new Spent(old.since(), old.flows() + more.flows())
                    : more);
    if (after.flows() > FLOWS_MAX) {
      throw Problem.tooMany(
          "too-many-flows",
          "An enforcer tells of at most %d flows in %s; send the rest later"
              .formatted(FLOWS_MAX, PERIOD));
    }
  }
}
