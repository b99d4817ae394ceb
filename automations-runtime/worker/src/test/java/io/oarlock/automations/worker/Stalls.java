package io.oarlock.automations.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long this machine keeps a thread waiting that wants to run: nobody is on time on a machine
/// that has no time for him.
final class Stalls implements AutoCloseable {

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

  long worstMillis() {
    return TimeUnit.NANOSECONDS.toMillis(worstNanos);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
