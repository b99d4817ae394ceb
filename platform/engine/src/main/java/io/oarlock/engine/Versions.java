package io.oarlock.engine;

import io.oarlock.store.ResourceStore;
import java.util.Optional;

/** Automations as they were saved once: that code, with today's settings and rights. */
final class Versions {
  private final ResourceStore store;

  Versions(ResourceStore store) {
    this.store = store;
  }

  /** Empty when the version is not kept any more. */
  Optional<Automation> at(Automation automation, long number) {
    if (automation.version() == number) {
      return Optional.of(automation);
    }
    return store
        .get(AutomationProcessor.VERSION, AutomationProcessor.versionId(automation.id(), number))
        .map(version -> automation.withCode(number, version.body()));
  }
}
