package io.oarlock.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** The cron authority, given to the engine from outside so that only one place knows the rules. */
public interface Crons {
  /** What is wrong with an expression, if anything: the reason, the rule and the fix. */
  Optional<String> fault(String cron);

  /** The first tick after the instant; empty when there is none any more. */
  Optional<Instant> next(String cron, ZoneId zone, Instant after);

  /** Whether a tick lies in the length of time that ends at the instant. */
  default boolean activeAt(String cron, Duration length, Instant at) {
    return next(cron, ZoneId.of("UTC"), at.minus(length)).filter(t -> !t.isAfter(at)).isPresent();
  }
}
