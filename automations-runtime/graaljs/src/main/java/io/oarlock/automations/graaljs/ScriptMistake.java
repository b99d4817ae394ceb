package io.oarlock.automations.graaljs;

/// A host function was called wrongly; the script sees the message and nothing of Java.
final class ScriptMistake extends RuntimeException {

  private static final long serialVersionUID = 1;

  ScriptMistake(String message) {
    super(message, null, false, false);
  }
}
