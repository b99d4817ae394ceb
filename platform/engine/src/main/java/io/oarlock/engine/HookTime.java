package io.oarlock.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time that the Pre hooks of one write have together. Waiting for workers to start is apart:
 * the author of a script cannot make that faster, so it must not cost the script its answer.
 */
final class HookTime {
  /** Longest time of all answers. */
  static final Duration ANSWERS_MAX = Duration.ofSeconds(10);

  /** Longest time of all waits for workers. */
  static final Duration STARTS_MAX = Duration.ofSeconds(20);

  private final Optional<HookTime> whole;
  private final AtomicLong endNanos;
  private final AtomicLong startsLeftNanos;

  HookTime() {
    this(Optional.empty(), ANSWERS_MAX);
  }

  private HookTime(Optional<HookTime> whole, Duration most) {
    this.whole = whole;
    this.endNanos = new AtomicLong(System.nanoTime() + most.toNanos());
    this.startsLeftNanos = new AtomicLong(STARTS_MAX.toNanos());
  }

  /** A part of it for one hook. */
  HookTime atMost(Duration most) {
    return new HookTime(Optional.of(this), most);
  }

  /** What is left for answers. */
  Duration left() {
    return Duration.ofNanos(endNanos.get() - System.nanoTime());
  }

  /** Waits for a script to begin; false when no time for that is left. */
  boolean begins(CountDownLatch begun) throws InterruptedException {
    var asked = System.nanoTime();
    try {
      return begun.await(startsLeft(), TimeUnit.NANOSECONDS);
    } finally {
      spend(System.nanoTime() - asked);
    }
  }

  private long startsLeft() {
    return whole.map(HookTime::startsLeft).orElseGet(startsLeftNanos::get);
  }

  private void spend(long nanos) {
    endNanos.addAndGet(nanos);
    startsLeftNanos.addAndGet(-nanos);
    whole.ifPresent(part -> part.spend(nanos));
  }
}
