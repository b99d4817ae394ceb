package io.oarlock.cli;

/** Exit codes, which scripts rely on. */
final class Exit {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int NOT_FOUND = 3;
  static final int AUTH = 4;
  static final int CONFLICT = 5;
  static final int INTERRUPTED = 130;

  private Exit() {}
}
