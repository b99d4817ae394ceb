package io.oarlock.automations.graaljs;

import io.oarlock.automations.ScriptError;

/// What surrounds one run: where its calls and its log lines go.
public interface ScriptHost {

  /// Starts a call; its answer comes back by [ScriptRun#answer]. Called on the run's thread.
  ///
  /// @param id of the call, unique within the run
  /// @param arguments JSON
  void call(int id, String operation, String arguments);

  /// Tells where a script stands that is about to be stopped. Called on the thread that stops it.
  default void stands(ScriptError where) {}

  /// Called on the run's thread.
  void log(String level, String message);
}
