package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long this machine keeps a thread waiting that wants to run: nobody is on time on a machine
/// that has no time for him.
final class Stalls implements AutoCloseable {

  private static final long OVERRUN_MILLIS_MAX = 250;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Thread thread = Thread.ofPlatform().daemon().name("stalls").start(this::watch);
  private volatile long worstNanos;
  private volatile boolean closed;

  private void watch() {
    while (!closed) {
      var start = System.nanoTime();
      LockSupport.parkNanos(PAUSE_NANOS);
      worstNanos = Math.max(worstNanos, System.nanoTime() - start - PAUSE_NANOS);
    }
  }

  /// A run ends at most 250 ms after its deadline, stalls aside, and is not timed out before it.
  void assertOnTime(RunResult result, Limits limits) {
    var late = Platform.overrunMillis(result, limits);
    var most = OVERRUN_MILLIS_MAX + TimeUnit.NANOSECONDS.toMillis(worstNanos);
    assertThat(late).as("%s, late in ms", result).isLessThanOrEqualTo(most);
    if (result instanceof RunResult.TimedOut) {
      assertThat(late).isNotNegative();
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
