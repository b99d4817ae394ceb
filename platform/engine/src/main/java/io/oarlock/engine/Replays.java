package io.oarlock.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what was seen, for as long as it could be shown again. Full means refuse. */
final class Replays {
  private static final int SEEN_MAX = 100_000;

  private final Map<String, Instant> seen = new ConcurrentHashMap<>();
  private final Duration kept;
  private final Clock clock;

  Replays(Duration kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  boolean firstTime(String proof) {
    var now = clock.instant();
    if (seen.size() >= SEEN_MAX) {
      seen.values().removeIf(until -> until.isBefore(now));
    }
    return seen.size() < SEEN_MAX && seen.putIfAbsent(proof, now.plus(kept)) == null;
  }
}
