package io.oarlock.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** When a policy is in force: not disabled, not expired, within its schedule. */
record Timing(boolean disabled, Optional<Instant> expires, Optional<String> cron, Duration active) {

  static Timing of(Map<String, Object> body) {
    return new Timing(
        Trees.truth(body, "disabled"),
        Trees.instant(body, "expirationTime"),
        Trees.text(body, "activeSchedule"),
        Trees.text(body, "activeDuration").map(Duration::parse).orElse(Duration.ZERO));
  }

  boolean inForce(Instant now, Crons crons) {
    return !disabled
        && expires.filter(end -> !now.isBefore(end)).isEmpty()
        && cron.filter(expression -> !crons.activeAt(expression, active, now)).isEmpty();
  }
}
