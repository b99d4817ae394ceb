package io.oarlock.enforcer.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets each first message through once: its time must be near, and its nonce unseen. Nonces are
 * kept in two generations, each as long as a message can stay acceptable; when there is no room for
 * one more nothing is let through. Safe for use by many threads.
 */
public final class Freshness {
  /** How far a sender's clock may be from ours. */
  public static final Duration SKEW_MAX = Duration.ofSeconds(30);

  /** Most nonces remembered. */
  public static final int NONCES_MAX = 200_000;

  private static final Duration GENERATION = SKEW_MAX.multipliedBy(2);

  private final InstantSource clock;
  private final int noncesMax;
  private Set<ByteBuffer> young = new HashSet<>();
  private Set<ByteBuffer> old = new HashSet<>();
  private Instant began;

  public Freshness(InstantSource clock) {
    this(clock, NONCES_MAX);
  }

  Freshness(InstantSource clock, int noncesMax) {
    this.clock = clock;
    this.noncesMax = noncesMax;
    this.began = clock.instant();
  }

  /** Refuses a message from too long ago, or from the future. */
  void checkTime(Instant sent) {
    var now = clock.instant();
    var apart = Duration.between(sent, now).abs();
    if (apart.compareTo(SKEW_MAX) > 0) {
      throw new WireException(
          Reason.CLOCK_SKEW,
          "The message is of %s and it is %s here: more than %s apart"
              .formatted(sent, now, SKEW_MAX));
    }
  }

  /** Refuses a nonce seen before; called only for what was signed by somebody known. */
  synchronized void checkNew(byte[] nonce) {
    turn();
    var key = ByteBuffer.wrap(nonce.clone());
    if (old.contains(key) || young.contains(key)) {
      throw new WireException(Reason.REPLAYED, "This message was received before");
    }
    if (old.size() + young.size() >= noncesMax) {
      throw new WireException(
          Reason.OVERLOADED, "More than " + noncesMax + " handshakes are being remembered");
    }
    young.add(key);
  }

  private void turn() {
    var now = clock.instant();
    var age = Duration.between(began, now);
    if (age.compareTo(GENERATION) < 0) {
      return;
    }
    old = age.compareTo(GENERATION.multipliedBy(2)) < 0 ? young : new HashSet<>();
    young = new HashSet<>();
    began = now;
  }
}
