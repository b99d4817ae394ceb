package io.oarlock.client;

import java.time.Duration;
import java.util.Optional;

/** When a caller stops to wait; never, where it has not said. */
record Deadline(Optional<Duration> budget, long startNanos) {
  private static final Duration FOREVER = Duration.ofDays(365);

  static Deadline from(Optional<Duration> budget) {
    return new Deadline(budget, System.nanoTime());
  }

  Duration left() {
    return budget.map(all -> all.minusNanos(System.nanoTime() - startNanos)).orElse(FOREVER);
  }

  /** A time to wait, cut where the deadline is nearer. */
  Duration atMost(Duration wanted) {
    var left = left();
    if (!left.isPositive()) {
      throw over();
    }
    return left.compareTo(wanted) < 0 ? left : wanted;
  }

  boolean isOver() {
    return !left().isPositive();
  }

  CancelledException over() {
    return CancelledException.late(budget.orElse(FOREVER));
  }

  /** Waits, and no longer than to the deadline. */
  void pause(Duration wanted) {
    try {
      Thread.sleep(atMost(wanted));
    } catch (InterruptedException _) {
      throw CancelledException.interrupted();
    }
    if (isOver()) {
      throw over();
    }
  }
}
