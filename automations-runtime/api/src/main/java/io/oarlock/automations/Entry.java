package io.oarlock.automations;

/// What made a run happen, which decides what its script may answer.
public enum Entry {
  /// Something in the platform changed.
  EVENT,
  /// A slot of a schedule came due.
  SCHEDULE,
  /// An outsider posted to the automation's URL; the value returned is the answer.
  CALL,
  /// A hook asks; the script may refuse, or return `{output}`.
  HOOK
}
