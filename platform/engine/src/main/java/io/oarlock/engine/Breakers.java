package io.oarlock.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spares endpoints that keep failing, and writes the wait for them: after some failures in a row
 * nobody is asked for a while, then one write or message tries again. Each node decides for itself
 * from what it saw; what it decided is told to a {@link Watcher}.
 */
final class Breakers {
  /** Failures in a row that open a breaker. */
  static final int FAILURES_MAX = 5;

  /** How long a breaker that just opened lets everything pass before it tries again. */
  static final Duration REST = Duration.ofSeconds(5);

  /** Longest rest; each try that fails doubles it up to here. */
  static final Duration REST_MAX = Duration.ofSeconds(30);

  /** Who is told when a breaker changes. */
  interface Watcher {
    void opened(Hook hook, Shown state, String reason);

    void closed(Hook hook);
  }

  /** A breaker as it is told of. */
  record Shown(String state, Instant since, long failures) {}

  private record State(long failures, Instant since, Instant restsUntil) {
    boolean isOpen() {
      return failures >= FAILURES_MAX;
    }
  }

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Watcher watcher;
  private final Clock clock;

  Breakers(Watcher watcher, Clock clock) {
    this.watcher = watcher;
    this.clock = clock;
  }

  /** Takes up where an earlier life of this node stopped: open, and due for a try. */
  void resume(String hook, long failures, Instant since) {
    states.put(hook, new State(Math.max(failures, FAILURES_MAX), since, clock.instant()));
  }

  /** Whether the hook is not to be asked; false for one of those who ask after the rest. */
  boolean isOpen(String hook) {
    return rest(hook).isPresent();
  }

  /** How long not to ask; empty to ask now, which one caller after each rest may do. */
  Optional<Duration> rest(String hook) {
    var now = clock.instant();
    var state = states.get(hook);
    if (state == null || !state.isOpen()) {
      return Optional.empty();
    }
    if (now.isBefore(state.restsUntil())) {
      return Optional.of(Duration.between(now, state.restsUntil()));
    }
    var tries = new State(state.failures(), state.since(), now.plus(rest(state.failures())));
    return states.replace(hook, state, tries) ? Optional.empty() : Optional.of(REST);
  }

  /** How long the rest still lasts, for who only waits. */
  Duration left(String hook) {
    var state = states.get(hook);
    return state == null || !state.isOpen()
        ? Duration.ZERO
        : Duration.between(clock.instant(), state.restsUntil());
  }

  private static Duration rest(long failures) {
    var doublings = Math.clamp(failures - FAILURES_MAX, 0, 10);
    var rest = REST.multipliedBy(1L << doublings);
    return rest.compareTo(REST_MAX) < 0 ? rest : REST_MAX;
  }

  void succeeded(Hook hook) {
    var before = states.remove(hook.id());
    if (before != null && before.isOpen()) {
      watcher.closed(hook);
    }
  }

  void failed(Hook hook, String reason) {
    var now = clock.instant();
    var state =
        states.merge(
            hook.id(),
            new State(1, now, now),
            (old, _) -> {
              var failures = old.failures() + 1;
              var since = failures == FAILURES_MAX ? now : old.since();
              return new State(failures, since, now.plus(rest(failures)));
            });
    if (state.failures() == FAILURES_MAX) {
      watcher.opened(hook, new Shown("Open", state.since(), state.failures()), reason);
    }
  }

  /** The hook is another now, or gone. */
  void forget(String hook) {
    states.remove(hook);
  }

  /** What this node knows; empty where nothing failed last. */
  Optional<Shown> shown(String hook) {
    return Optional.ofNullable(states.get(hook))
        .map(state -> {
          var word =
              !state.isOpen()
                  ? "Closed"
                  : clock.instant().isBefore(state.restsUntil()) ? "Open" : "HalfOpen";
          return new Shown(word, state.since(), state.failures());
        });
  }
}
