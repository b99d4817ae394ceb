package io.oarlock.enforcer.wire;

/** A peer, or bytes of a peer, that cannot be trusted. The connection it happens on is over. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public WireException(Reason reason, String detail) {
    super(reason + ": " + detail, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
