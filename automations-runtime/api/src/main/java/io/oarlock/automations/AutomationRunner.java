package io.oarlock.automations;

import java.util.List;

/// Runs scripts nobody vouches for.
public interface AutomationRunner extends AutoCloseable {

  /// Runs the request to its end; call it on a virtual thread. Waits for a free worker at most as
  /// long as the runner's configured queue deadline. Whatever the script does is a result, never an
  /// exception.
  ///
  /// @throws InterruptedException after the run was cancelled because the caller was interrupted
  RunResult run(RunRequest request, HostCalls host) throws InterruptedException;

  /// Has a worker ready for runs of a tenant with such limits, if there is room; returns at once. A
  /// runner that keeps no workers has nothing to do.
  default void warm(String tenant, Limits limits) {}

  /// Ends a run early; it ends as [RunResult.Cancelled]. Unknown ids are ignored: the run may have
  /// ended just before.
  void cancel(String runId);

  /// Parses a source and its modules without running any of them.
  ///
  /// @return nothing when it may be saved
  List<SourceProblem> check(Script script) throws InterruptedException;

  RunnerStatus status();

  /// Ends all runs as [RunResult.Lost] and gives back all processes.
  @Override
  void close();
}
