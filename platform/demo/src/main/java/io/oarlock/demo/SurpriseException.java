package io.oarlock.demo;

/** The platform did not do what the demonstration relies on to go on. */
final class SurpriseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SurpriseException(String message) {
    super(message, null, false, false);
  }
}
