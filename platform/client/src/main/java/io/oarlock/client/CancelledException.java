package io.oarlock.client;

/**
 * The caller did not wait any longer: its thread was interrupted, and still says so, or the time of
 * {@link Oarlock#within} was over. A write may or may not have happened.
 */
public final class CancelledException extends OarlockException {
  private static final long serialVersionUID = 1L;

  private CancelledException(String message) {
    super(message, null);
  }

  static CancelledException interrupted() {
    Thread.currentThread().interrupt();
    return new CancelledException("The call was interrupted");
  }

  static CancelledException late(java.time.Duration budget) {
    return new CancelledException("The call was not over within " + budget.toMillis() + " ms");
  }
}
