package io.oarlock.engine;

import io.oarlock.automations.HostCalls;
import java.util.Optional;

/** What answers one run, and what it said meanwhile. */
sealed interface RunCalls extends HostCalls permits Broker, Replayer {
  RunLog log();

  /** The answers given, if they are worth keeping. */
  default Optional<Recording> recording() {
    return Optional.empty();
  }
}
