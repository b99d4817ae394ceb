package io.oarlock.engine;

import io.oarlock.store.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets the event log forget what is older than its retention, in steps. */
final class Retention {
  private static final int STEP = 1000;
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final EventLog log;
  private final Duration kept;
  private final Clock clock;
  private Instant next = Instant.MIN;

  Retention(EventLog log, Duration kept, Clock clock) {
    this.log = log;
    this.kept = kept;
    this.clock = clock;
  }

  void sweep() {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(PERIOD);
    var limit = now.minus(kept);
    long upTo = 0;
    for (var event : log.read(log.oldest() - 1, STEP)) {
      if (event.content().time().isBefore(limit)) {
        upTo = event.sequence();
      }
    }
    if (upTo > 0) {
      log.trim(upTo);
    }
  }
}
