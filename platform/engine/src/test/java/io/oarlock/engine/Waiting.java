package io.oarlock.engine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what happens on other threads. */
final class Waiting {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(10);

  private Waiting() {}

  static void until(BooleanSupplier condition, String what) {
    var end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited " + LONGEST + " for " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
