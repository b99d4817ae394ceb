package io.oarlock.enforcer.policy;

/** What becomes of connections no rule decides. */
public record Defaults(boolean allowOutgoing, boolean allowIncoming) {
  /** What the root of the tree says. */
  public static final Defaults REJECT = new Defaults(false, false);

  boolean allows(Side side) {
    return switch (side) {
      case INITIATOR -> allowOutgoing;
      case RECEIVER -> allowIncoming;
    };
  }
}
