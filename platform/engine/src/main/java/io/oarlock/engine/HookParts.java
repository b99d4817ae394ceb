package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.lang.System.Logger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The parts of hooks, put together: those asked before a write, those told after it. */
final class HookParts implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HookParts.class.getName());

  private final Parts parts;
  private final Function<Call, Answer> platform;
  private final Deliverer deliverer;
  private final Journal journal;
  private final HookStates states;
  private final Redrives redrives;
  private final Map<String, Actions> actions;
  private final Hooks pre;
  private final PostHooks post;

  HookParts(
      Parts parts,
      EngineConfig config,
      Journal journal,
      Lookup lookup,
      Vault vault,
      Stamp stamp,
      Answers answers,
      Automations automations,
      Runs runs,
      UrlHooks urls,
      Alarms alarms,
      Function<Call, Answer> platform) {
    this.parts = parts;
    this.platform = platform;
    var model = parts.model();
    var clock = parts.clock();
    var url = config.publicUrl().toString();
    var book = new HookBook(journal, model.require(Hook.TYPE), vault, parts.crons(), clock);
    var scripts = new AutomationHooks(automations, runs);
    var deliveries = new Deliveries(model.require(Deliveries.TYPE), clock);
    var store = parts.store();
    this.journal = journal;
    this.states = new HookStates(store, alarms, clock);
    var breakers = states.breakers();
    var revalidation =
        new Revalidation(
            store, model, book, urls, scripts, deliveries, answers, states, alarms, url, clock);
    states.whenClosed(revalidation::begin);
    var attempts =
        new Attempts(book, urls, deliveries, breakers, this::disable, parts.tracing(), clock);
    this.deliverer = new Deliverer(store, book, attempts, config.node(), clock);
    this.redrives =
        new Redrives(
            store, model.require(Hook.TYPE), lookup, deliveries, deliverer, config.node(), clock);
    this.actions = new HashMap<>(new DeliveryActions(store, lookup, deliveries, deliverer).all());
    actions.putAll(new HookActions(journal, lookup, vault, answers, revalidation, clock).all());
    this.pre =
        new Hooks(
            book,
            urls,
            scripts,
            deliveries,
            breakers,
            journal,
            stamp,
            answers,
            url,
            parts.tracing(),
            clock);
    this.post =
        new PostHooks(
            model,
            book,
            scripts,
            runs,
            deliveries,
            deliverer,
            alarms,
            new Chains(store),
            stamp,
            url);
  }

  PreHooks pre() {
    return pre;
  }

  LogConsumer.Reaction post() {
    return post;
  }

  Map<String, Actions> actions() {
    return actions;
  }

  /** Hooks whose messages wait or are on their way. */
  int lanes() {
    return deliverer.lanes();
  }

  Redrives redrives() {
    return redrives;
  }

  /** Hooks as readers see them. */
  Reads.Live shown() {
    return states::shown;
  }

  /** Its endpoint said that it is gone for good. */
  private void disable(Hook hook) {
    states.gone(hook);
    try {
      var _ =
          platform.apply(
              new Call(
                  Operation.PATCH,
                  parts.model().require(Hook.TYPE),
                  hook.namespace(),
                  Optional.of(hook.id()),
                  Map.of("disabled", true),
                  Call.Reading.DEFAULT,
                  new Call.Writing(Optional.empty(), Optional.empty(), false, true),
                  Bootstrap.system("hook-endpoint-gone")));
    } catch (Problem e) {
      LOG.log(Logger.Level.DEBUG, "The hook {0} was deleted meanwhile", hook.id());
    }
  }

  void start() {
    deliverer.start();
    redrives.start(journal);
  }

  @Override
  public void close() {
    redrives.close();
    deliverer.close();
  }
}
