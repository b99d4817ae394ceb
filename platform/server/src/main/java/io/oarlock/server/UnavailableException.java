package io.oarlock.server;

/** The platform cannot run; the message is for the person who started it. */
final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message, null, false, false);
  }
}
