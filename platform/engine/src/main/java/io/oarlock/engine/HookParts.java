package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.lang.System.Logger;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The parts of hooks, put together: those asked before a write, those told after it. */
final class HookParts implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HookParts.class.getName());

  private final Parts parts;
  private final Function<Call, Answer> platform;
  private final Deliverer deliverer;
  private final DeliveryActions actions;
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
      Function<Call, Answer> platform) {
    this.parts = parts;
    this.platform = platform;
    var model = parts.model();
    var clock = parts.clock();
    var url = config.publicUrl().toString();
    var book = new HookBook(journal, model.require(Hook.TYPE), vault, parts.crons(), clock);
    var scripts = new AutomationHooks(automations, runs);
    var deliveries = new Deliveries(model.require(Deliveries.TYPE), clock);
    this.deliverer =
        new Deliverer(
            parts.store(),
            book,
            urls,
            deliveries,
            this::disable,
            config.node(),
            parts.tracing(),
            clock);
    this.actions = new DeliveryActions(parts.store(), lookup, deliveries, deliverer, clock);
    this.pre =
        new Hooks(
            book, urls, scripts, deliveries, journal, stamp, answers, url, parts.tracing(), clock);
    this.post = new PostHooks(model, book, scripts, runs, deliveries, deliverer, stamp, url);
  }

  PreHooks pre() {
    return pre;
  }

  LogConsumer.Reaction post() {
    return post;
  }

  Map<String, Actions> actions() {
    return actions.all();
  }

  /** Its endpoint said that it is gone for good. */
  private void disable(Hook hook) {
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
  }

  @Override
  public void close() {
    deliverer.close();
  }
}
