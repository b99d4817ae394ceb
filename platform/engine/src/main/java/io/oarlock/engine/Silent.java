package io.oarlock.engine;

import java.util.Set;

/**
 * Types whose writes are no events: records of what events already led to. An event for each would
 * double the log and let a reaction react to its own record.
 */
final class Silent {
  static final Set<String> TYPES =
      Set.of(
          "activity",
          "delivery",
          "firing",
          "kventry",
          "session",
          "automationversion",
          "eventlog",
          Schedule.TYPE,
          HookStates.TYPE,
          ForwarderState.TYPE,
          AccountRealm.NAME_CLAIM);

  private Silent() {}
}
