package io.oarlock.automations.graaljs;

/// What surrounds one run: where its calls and its log lines go.
public interface ScriptHost {

  /// Starts a call; its answer comes back by [ScriptRun#answer]. Called on the run's thread.
  ///
  /// @param id of the call, unique within the run
  /// @param arguments JSON
  void call(int id, String operation, String arguments);

  /// Called on the run's thread.
  void log(String level, String message);
}
