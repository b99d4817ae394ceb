package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.store.Event;

/**
 * Has workers ready for the automations somebody waits for, so that the first hook or call does not
 * pay for the start of one. How many there are at most is the runner's to say.
 */
final class Warming {
  private final Automations automations;
  private final AutomationRunner runner;

  Warming(Journal journal, Automations automations, AutomationRunner runner) {
    this.automations = automations;
    this.runner = runner;
    journal.follow(this::changed);
  }

  /** Warms for what there is. */
  void start() {
    automations.awaited().forEach(this::warm);
  }

  private void changed(Event event) {
    if (event.content().type().equals(Automation.TYPE)) {
      automations
          .get(event.content().resourceId())
          .filter(Automation::isAwaited)
          .ifPresent(this::warm);
    }
  }

  private void warm(Automation automation) {
    runner.warm(automation.namespace().value(), automation.limits());
  }
}
