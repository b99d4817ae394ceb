package io.oarlock.enforcer.datapath;

/** This connection does not happen; the message is for the log of this host. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message, null, false, false);
  }
}
