package io.oarlock.engine;

import io.oarlock.store.Batch;
import io.oarlock.store.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a run for each automation that an event sets off. */
final class EventTriggers implements LogConsumer.Reaction {
  private final Automations automations;
  private final Runs runs;
  private final Alarms alarms;
  private final Chains chains;
  private final List<String> made = new ArrayList<>();

  EventTriggers(Automations automations, Runs runs, Alarms alarms, Chains chains) {
    this.automations = automations;
    this.runs = runs;
    this.alarms = alarms;
    this.chains = chains;
  }

  @Override
  public void react(List<Event> events, Batch.Builder batch) {
    made.clear();
    for (var event : events) {
      for (var automation : automations.listening(event.content())) {
        react(event, automation, batch);
      }
    }
  }

  private void react(Event event, Automation automation, Batch.Builder batch) {
    var cause = event.content().cause();
    var depth = (int) Trees.number(cause, "depth", 0) + 1;
    if (depth > Cause.DEPTH_MAX_DEFAULT) {
      alarms.raise(chains.cut(automation, Feeds.wire(event)));
      return;
    }
    var input = new LinkedHashMap<String, Object>();
    input.put("event", Feeds.wire(event));
    var next = Cause.after("Event", event.content().id(), cause).deeper();
    var run = runs.queued(automation, next, input, Map.of());
    batch.write(new Batch.Write.Insert(run));
    made.add(run.id());
  }

  @Override
  public void committed() {
    made.forEach(runs::offer);
    made.clear();
  }
}
