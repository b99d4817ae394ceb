package io.oarlock.enforcer.policy;

/** Which end of a connection decides; each decides by itself and both must allow. */
public enum Side {
  /** The end that opens the connection. */
  INITIATOR,
  /** The end that is asked for it. */
  RECEIVER
}
