package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What becomes of the circuit breakers of hooks beyond the memory of a node: a record that readers
 * of the hook see and a restart finds, an alarm while one is open, and what had passed unchecked is
 * looked at when it closes.
 */
final class HookStates implements Breakers.Watcher {
  static final String TYPE = "hookstate";

  private final ResourceStore store;
  private final Alarms alarms;
  private final Breakers breakers;
  private final Clock clock;
  private volatile Consumer<Hook> whenClosed = _ -> {};

  HookStates(ResourceStore store, Alarms alarms, Clock clock) {
    this.store = store;
    this.alarms = alarms;
    this.clock = clock;
    this.breakers = new Breakers(this, clock);
    Optional<String> after = Optional.empty();
    do {
      var page = store.list(Query.all(TYPE, new Query.Scope.Everywhere()).after(after));
      page.documents().forEach(this::resume);
      after = page.next();
    } while (after.isPresent());
  }

  private void resume(Document state) {
    if ("Open".equals(state.body().get("state"))) {
      breakers.resume(
          state.id(),
          Trees.number(state.body(), "failures", 0),
          Trees.instant(state.body(), "since").orElseGet(clock::instant));
    }
  }

  Breakers breakers() {
    return breakers;
  }

  /** What follows when a hook answers again. */
  void whenClosed(Consumer<Hook> work) {
    whenClosed = work;
  }

  /** Names the alarm of a hook whose breaker is open. */
  static String alarmKey(Hook hook) {
    return "breaker-" + hook.id();
  }

  @Override
  public void opened(Hook hook, Breakers.Shown state, String reason) {
    save(hook, state.state(), state.since(), state.failures());
    alarms.raise(
        new Alarms.Notice(
            hook.namespace(),
            alarmKey(hook),
            "hook:breaker-open",
            "Hook " + hook.name() + " does not answer",
            "The hook "
                + hook.name()
                + " failed "
                + state.failures()
                + " times in a row, last because "
                + reason
                + ". "
                + meaning(hook)
                + " Correct its endpoint, or disable the hook, which no hook can prevent.",
            Map.of("hook", hook.id())));
  }

  private static String meaning(Hook hook) {
    if (!hook.mode().isPre()) {
      return "Its messages are kept and sent when it is back.";
    }
    return hook.failsClosed()
        ? "Writes it must allow are refused until it is back."
        : "Writes pass it unchecked until it is back; each is a delivery with status"
            + " PassedUnchecked, and the hook will be asked about them then.";
  }

  @Override
  public void closed(Hook hook) {
    save(hook, "Closed", clock.instant(), 0);
    alarms.resolve(hook.namespace(), alarmKey(hook));
    whenClosed.accept(hook);
  }

  /** Its endpoint said 410: it is gone for good, and the hook was disabled. */
  void gone(Hook hook) {
    alarms.raise(
        new Alarms.Notice(
            hook.namespace(),
            "gone-" + hook.id(),
            "hook:gone",
            "Hook " + hook.name() + " was disabled",
            "The endpoint of the hook "
                + hook.name()
                + " answered 410: it is gone for good, so the hook was disabled and its messages"
                + " were given up. When the endpoint is back, enable the hook and create a redrive"
                + " of it.",
            Map.of("hook", hook.id())));
  }

  private void save(Hook hook, String state, Instant since, long failures) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", hook.id());
    body.put("namespace", hook.namespace().value());
    body.put("state", state);
    body.put("since", Instants.text(since));
    body.put("failures", failures);
    var document = new Document(TYPE, hook.id(), hook.namespace(), 1, body, Optional.empty());
    store.commit(Batch.builder().write(new Batch.Write.Put(document)).build());
  }

  /** The hook as readers see it, with its breaker. */
  Map<String, Object> shown(Document hook, Map<String, Object> tree) {
    var known = breakers.shown(hook.id());
    var stored = store.get(TYPE, hook.id());
    if (known.isEmpty() && stored.isEmpty()) {
      return tree;
    }
    var breaker = new LinkedHashMap<String, Object>();
    var body = stored.map(Document::body).orElse(Map.of());
    breaker.put(
        "state",
        known.map(Breakers.Shown::state).or(() -> Trees.text(body, "state")).orElse("Closed"));
    breaker.put(
        "since",
        known
            .map(found -> Instants.text(found.since()))
            .or(() -> Trees.text(body, "since"))
            .orElse(""));
    breaker.put(
        "failures",
        known.map(Breakers.Shown::failures).orElseGet(() -> Trees.number(body, "failures", 0)));
    breaker.put("passedUnchecked", store.count(unchecked(hook)));
    var shown = new LinkedHashMap<>(tree);
    shown.put("breaker", breaker);
    return shown;
  }

  private static Query unchecked(Document hook) {
    return Deliveries.of(hook.namespace(), hook.id(), Deliveries.Status.PASSED_UNCHECKED).limit(1);
  }

  /** What goes with a hook that is deleted. */
  static Batch.Write removal(String hook) {
    return new Batch.Write.Remove(TYPE, hook, 0);
  }
}
