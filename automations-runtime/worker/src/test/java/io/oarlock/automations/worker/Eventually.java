package io.oarlock.automations.worker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other threads and processes bring about.
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  static void holds(BooleanSupplier condition) {
    holds(PATIENCE, condition);
  }

  static void holds(Duration patience, BooleanSupplier condition) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about within " + patience);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
