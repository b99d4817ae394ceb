package io.oarlock.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and how patiently.
 *
 * @param attempts in all for what may be repeated, from 1 to 100
 * @param delay before the second attempt; doubles from one attempt to the next
 * @param delayMax longest wait between two attempts, also when {@code Retry-After} wants more
 * @param timeout longest time of one attempt
 */
public record Patience(int attempts, Duration delay, Duration delayMax, Duration timeout) {
  /** The platform itself gives up after 60 seconds. */
  public static final Patience USUAL =
      new Patience(4, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(65));

  private static final int ATTEMPTS_MAX = 100;

  public Patience {
    requireNonNull(delay, "delay is null");
    requireNonNull(delayMax, "delayMax is null");
    requireNonNull(timeout, "timeout is null");
    if (attempts < 1 || attempts > ATTEMPTS_MAX) {
      throw new IllegalArgumentException("attempts is from 1 to " + ATTEMPTS_MAX);
    }
    if (!timeout.isPositive() || delay.isNegative() || delayMax.isNegative()) {
      throw new IllegalArgumentException("timeout is above zero, delays are not below it");
    }
  }

  /** Grows twofold, with a random fifth more or less so that clients spread. */
  static Duration backoff(int attempt, Duration base, Duration most) {
    var grown = base.toMillis() * Math.pow(2, attempt - 1.0);
    var spread = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis((long) (Math.min((double) most.toMillis(), grown) * spread));
  }

  /** What to wait after an attempt, at least what the platform told. */
  Duration rest(int attempt, Duration told) {
    var own = backoff(attempt, delay, delayMax);
    var wanted = told.compareTo(own) > 0 ? told : own;
    return wanted.compareTo(delayMax) > 0 ? delayMax : wanted;
  }
}
