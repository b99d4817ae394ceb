package io.oarlock.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spares writes the wait for hooks that keep failing and may be passed by: after some failures in a
 * row nobody is asked for a while, then one write tries again. Kept in memory on each node: a
 * restart or another node only asks once more.
 */
final class Breakers {
  /** Failures in a row that open a breaker. */
  static final int FAILURES_MAX = 5;

  /** How long an open breaker lets everything pass before it tries again. */
  static final Duration REST = Duration.ofSeconds(30);

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Clock clock;

  private record State(int failures, Instant openUntil) {}

  Breakers(Clock clock) {
    this.clock = clock;
  }

  /** Whether the hook is not to be asked; true for all but one of those who ask after the rest. */
  boolean isOpen(String hook) {
    var now = clock.instant();
    var state = states.get(hook);
    if (state == null || state.failures() < FAILURES_MAX) {
      return false;
    }
    var tries = new State(state.failures(), now.plus(REST));
    return now.isBefore(state.openUntil()) || !states.replace(hook, state, tries);
  }

  void succeeded(String hook) {
    states.remove(hook);
  }

  void failed(String hook) {
    var until = clock.instant().plus(REST);
    states.merge(hook, new State(1, until), (old, _) -> new State(old.failures() + 1, until));
  }
}
