package io.oarlock.engine;

import java.util.Map;
import java.util.function.Function;

/** The parts of automations, put together: what sets them off, what runs them, who calls them. */
final class AutomationParts implements AutoCloseable {
  private final Parts parts;
  private final Automations automations;
  private final Runs runs;
  private final Warming warming;
  private final ScheduledRuns scheduled;
  private final CallTokens calls;
  private final Rehearsals rehearsals;
  private final Map<String, Actions> actions;

  AutomationParts(
      Parts parts,
      EngineConfig config,
      Journal journal,
      Lookup lookup,
      Namespaces namespaces,
      Vault vault,
      Brokers.Fetches fetches,
      Function<Call, Answer> platform,
      Function<Call, Answer> rehearsed) {
    this.parts = parts;
    var model = parts.model();
    var store = parts.store();
    var clock = parts.clock();
    var values = new KeyValues(store, clock);
    var brokers = new Brokers(model, platform, values, fetches, parts.tracing(), clock);
    this.automations = new Automations(journal, clock);
    this.rehearsals =
        new Rehearsals(
            store.events(), automations, parts.runner(), brokers, platform, rehearsed, clock);
    this.runs =
        new Runs(
            journal,
            model.require(Runs.TYPE),
            automations,
            parts.runner(),
            brokers,
            new Recordings(store, vault),
            config.node(),
            parts.tracing(),
            clock);
    this.warming = new Warming(journal, automations, parts.runner());
    this.scheduled =
        new ScheduledRuns(
            journal, model.require("firing"), namespaces, automations, runs, config.node(), clock);
    this.calls = new CallTokens(store, automations, runs, clock);
    var url = config.publicUrl().toString();
    this.actions =
        new AutomationActions(store, lookup, automations, runs, parts.crons(), platform, url, clock)
            .all();
  }

  Automations automations() {
    return automations;
  }

  Runs runs() {
    return runs;
  }

  ScheduledRuns scheduled() {
    return scheduled;
  }

  Rehearsals rehearsals() {
    return rehearsals;
  }

  CallTokens calls() {
    return calls;
  }

  Map<String, Actions> actions() {
    return actions;
  }

  /** What starts runs from the event log. */
  LogConsumer.Reaction triggers(Alarms alarms) {
    return new EventTriggers(automations, runs, alarms, new Chains(parts.store()));
  }

  void start() {
    runs.resume();
    runs.start();
    warming.start();
  }

  @Override
  public void close() {
    runs.close();
  }
}
