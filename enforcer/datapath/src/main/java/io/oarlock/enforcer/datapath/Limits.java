package io.oarlock.enforcer.datapath;

import java.time.Duration;

/**
 * Bounds of a datapath.
 *
 * @param handshake how long a peer may take to prove itself, and a connection to be made
 * @param handshakesMax most connections being decided at a time; more are refused
 * @param flowsMax most connections held at a time; more are refused
 */
public record Limits(Duration handshake, int handshakesMax, int flowsMax) {
  public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 1000, 20_000);

  /** How often live connections are looked at while a policy begins or ends with time. */
  static final Duration WINDOW_CHECK = Duration.ofMillis(500);

  /** Most bytes held for a connection that is not decided yet. */
  static final int HELD_MAX = 1024 * 1024;

  /** Bytes waiting to be written above which the other side is not read. */
  static final int WAITING_MAX = 64 * 1024;

  /** Most bytes of one read. */
  static final int READ_MAX = 64 * 1024;
}
