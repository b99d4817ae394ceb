package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a Pre hook that was passed by, when it is back, about the resources as they are now. It
 * changes nothing: what the hook would have refused is told in an alarm and in the row of the
 * write.
 */
final class Revalidation {
  private static final int PAGE = 50;
  private static final int NAMED_MAX = 50;
  private static final Logger LOG = System.getLogger(Revalidation.class.getName());

  private final ResourceStore store;
  private final ResourceModel model;
  private final HookBook book;
  private final UrlHooks urls;
  private final AutomationHooks automations;
  private final Deliveries deliveries;
  private final Answers answers;
  private final Breakers breakers;
  private final Alarms alarms;
  private final String publicUrl;
  private final Clock clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** How it went. */
  record Outcome(long asked, List<String> refused, long refusals) {}

  Revalidation(
      ResourceStore store,
      ResourceModel model,
      HookBook book,
      UrlHooks urls,
      AutomationHooks automations,
      Deliveries deliveries,
      Answers answers,
      HookStates states,
      Alarms alarms,
      String publicUrl,
      Clock clock) {
    this.store = store;
    this.model = model;
    this.book = book;
    this.urls = urls;
    this.automations = automations;
    this.deliveries = deliveries;
    this.answers = answers;
    this.breakers = states.breakers();
    this.alarms = alarms;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** Begins on a thread of its own. */
  void begin(Hook hook) {
    if (hook.mode().isPre()) {
      Thread.ofVirtual().name("revalidation-" + hook.name()).start(() -> quietly(hook));
    }
  }

  private void quietly(Hook hook) {
    try {
      run(hook);
    } catch (Problem | StoreException e) {
      LOG.log(Logger.Level.WARNING, "Writes that passed {0} unchecked wait: {1}", hook.name(), e);
    }
  }

  Outcome run(Hook hook) {
    if (!busy.add(hook.id())) {
      throw Problem.conflict(
          "busy", "The hook " + hook.name() + " is being asked already; look at its deliveries");
    }
    try {
      return all(hook);
    } finally {
      busy.remove(hook.id());
    }
  }

  private Outcome all(Hook hook) {
    var refused = new ArrayList<String>();
    long asked = 0;
    long refusals = 0;
    var unchecked =
        Deliveries.of(hook.namespace(), hook.id(), Deliveries.Status.PASSED_UNCHECKED).limit(PAGE);
    for (var page = store.list(unchecked);
        !page.documents().isEmpty();
        page = store.list(unchecked)) {
      for (var row : page.documents()) {
        var verdict = ask(hook, row);
        if (verdict.isEmpty()) {
          return told(hook, new Outcome(asked, refused, refusals));
        }
        asked++;
        if (verdict.get() == Deliveries.Status.REFUSED_LATER) {
          refusals++;
          if (refused.size() < NAMED_MAX) {
            refused.add(name(row));
          }
        }
      }
    }
    return told(hook, new Outcome(asked, refused, refusals));
  }

  private static String name(Document row) {
    var body = row.body();
    var target = Trees.text(body, "targetName").or(() -> Trees.text(body, "targetId")).orElse("");
    return Trees.text(body, "targetType").orElse("") + " " + target;
  }

  private Outcome told(Hook hook, Outcome outcome) {
    if (outcome.refusals() > 0) {
      alarms.raise(
          new Alarms.Notice(
              hook.namespace(),
              "unchecked-" + hook.id(),
              "hook:passed-unchecked",
              "The hook " + hook.name() + " would have refused writes",
              "While the hook "
                  + hook.name()
                  + " did not answer, writes passed it unchecked. Asked again, it refuses or would"
                  + " change "
                  + outcome.refusals()
                  + " of "
                  + outcome.asked()
                  + ": "
                  + String.join(", ", outcome.refused())
                  + ". They stay as they are; the deliveries of the hook with status RefusedLater"
                  + " say why.",
              Map.of("hook", hook.id())));
    }
    return outcome;
  }

  /** What the row becomes; empty when the hook does not answer after all. */
  private Optional<Deliveries.Status> ask(Hook hook, Document row) {
    var body = row.body();
    var current =
        Trees.text(body, "targetType")
            .flatMap(model::find)
            .flatMap(
                type -> Trees.text(body, "targetId").flatMap(id -> store.get(type.name(), id)));
    if (current.isEmpty()) {
      settle(row, Deliveries.Status.REVALIDATED, Optional.of("the resource is gone"));
      return Optional.of(Deliveries.Status.REVALIDATED);
    }
    return switch (asked(hook, row, current.get()).answer()) {
      case HookAnswer.GoOn _ -> settled(row, Deliveries.Status.REVALIDATED, Optional.empty());
      case HookAnswer.Replace _ ->
          settled(
              row,
              Deliveries.Status.REFUSED_LATER,
              Optional.of("it would have put another object in its place"));
      case HookAnswer.Refuse refusal ->
          settled(row, Deliveries.Status.REFUSED_LATER, Optional.of(refusal.detail()));
      case HookAnswer.Failed(var reason) -> {
        breakers.failed(hook, reason);
        yield Optional.empty();
      }
    };
  }

  private HookAnswer.Told asked(Hook hook, Document row, Document current) {
    var message = HookMessage.again(row.body(), current, visible(current), clock.instant());
    if (hook.endpoint().isPresent()) {
      var event = message.cloudEvent(Hooks.source(publicUrl, hook));
      return urls.ask(hook, message.id(), Json.write(event), hook.timeout(), Optional.empty());
    }
    var cause = Cause.system("revalidation").next("Hook", hook.id(), row.id());
    return automations.ask(hook, message, cause, hook.timeout(), new HookTime());
  }

  private Map<String, Object> visible(Document current) {
    return answers.visible(model.require(current.type()), current.body());
  }

  private Optional<Deliveries.Status> settled(
      Document row, Deliveries.Status status, Optional<String> why) {
    settle(row, status, why);
    return Optional.of(status);
  }

  private void settle(Document row, Deliveries.Status status, Optional<String> why) {
    var now = clock.instant();
    var attempts = new ArrayList<Object>(Deliveries.attempts(row));
    attempts.add(
        Deliveries.attempt(
            attempts.size() + 1, now, Duration.ZERO, Optional.empty(), why, Optional.empty()));
    var body = new LinkedHashMap<>(row.body());
    body.put("attempts", attempts);
    body.put("status", status.wire);
    var next = deliveries.changed(row, body);
    try {
      store.commit(Batch.builder().write(new Batch.Write.Replace(next, row.version())).build());
    } catch (ConflictException e) {
      LOG.log(Logger.Level.DEBUG, "Delivery {0} was settled by somebody else", row.id());
    }
  }

  /** For who asks by hand. */
  Map<String, Object> act(ActionCall call, Document hook) {
    var outcome =
        run(
            book.get(hook.id())
                .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), hook.id())));
    return Map.of("asked", outcome.asked(), "refused", outcome.refusals());
  }
}
