package io.oarlock.automations.worker;

/// Counts what a run may still log. Both ends count: the worker to save the way, the platform
/// because it does not trust the worker.
final class LogBudget {

  /// What a line costs besides its text, so that empty lines are not free.
  static final int LINE_BYTES = 32;

  private long left;
  private long dropped;

  LogBudget(long bytes) {
    left = bytes;
  }

  /// Whether this line still fits; if not it is counted as dropped.
  boolean takes(int bytes) {
    left -= (long) bytes + LINE_BYTES;
    if (left < 0) {
      dropped += bytes;
    }
    return left >= 0;
  }

  long dropped() {
    return dropped;
  }
}
