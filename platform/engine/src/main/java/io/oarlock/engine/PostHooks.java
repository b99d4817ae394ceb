package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.NewEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes of each event the messages its Post hooks are to get. They are stored with the cursor of
 * the log, so that each hook gets each event once or more, never less, whatever crashes.
 */
final class PostHooks implements LogConsumer.Reaction {
  /** Most hooks that are told of one event. */
  private static final int HOOKS_MAX = 400;

  private final ResourceModel model;
  private final HookBook book;
  private final AutomationHooks automations;
  private final Runs runs;
  private final Deliveries deliveries;
  private final Deliverer deliverer;
  private final Alarms alarms;
  private final Chains chains;
  private final Stamp stamp;
  private final String publicUrl;
  private final List<String> queued = new ArrayList<>();
  private final List<Document> pending = new ArrayList<>();
  private final Map<String, NamespacePath> gone = new LinkedHashMap<>();

  PostHooks(
      ResourceModel model,
      HookBook book,
      AutomationHooks automations,
      Runs runs,
      Deliveries deliveries,
      Deliverer deliverer,
      Alarms alarms,
      Chains chains,
      Stamp stamp,
      String publicUrl) {
    this.model = model;
    this.book = book;
    this.automations = automations;
    this.runs = runs;
    this.deliveries = deliveries;
    this.deliverer = deliverer;
    this.alarms = alarms;
    this.chains = chains;
    this.stamp = stamp;
    this.publicUrl = publicUrl;
  }

  @Override
  public void react(List<Event> events, Batch.Builder batch) {
    queued.clear();
    pending.clear();
    gone.clear();
    for (var event : events) {
      var content = event.content();
      if (content.type().equals(Hook.TYPE) && content.operation() == Operation.DELETE) {
        gone.put(content.resourceId(), content.namespace());
      }
      if (book.isEmpty()) {
        continue;
      }
      book
          .matching(
              content.namespace(),
              content.operation().wire(),
              tags(content),
              hook -> hook.mode().isPost())
          .stream()
          .limit(HOOKS_MAX)
          .forEach(hook -> tell(hook, event, batch));
    }
  }

  private List<Set<String>> tags(NewEvent event) {
    var tags = new ArrayList<Set<String>>();
    tags.add(tags(event, event.object()));
    event.original().ifPresent(original -> tags.add(tags(event, original)));
    return tags;
  }

  private Set<String> tags(NewEvent event, Map<String, Object> object) {
    var stored = Trees.texts(object.get("normalizedTags"));
    if (!stored.isEmpty()) {
      return Set.copyOf(stored);
    }
    return model
        .find(event.type())
        .map(type -> Set.copyOf(Trees.texts(stamp.normalized(type, object))))
        .orElse(Set.of());
  }

  private void tell(Hook hook, Event event, Batch.Builder batch) {
    var message = HookMessage.after(Ids.next(), event.content());
    if (hook.endpoint().isPresent()) {
      var delivery = deliveries.pending(hook, message, event, publicUrl);
      batch.write(new Batch.Write.Insert(delivery));
      pending.add(delivery);
    } else {
      automations.picked(hook).forEach(automation -> run(hook, automation, event, message, batch));
    }
  }

  /** A chain of reactions that is too long ends here; the run would be refused all it writes. */
  private void run(
      Hook hook, Automation automation, Event event, HookMessage message, Batch.Builder batch) {
    var depth = (int) Trees.number(message.cause(), "depth", 0) + 1;
    if (depth > Cause.DEPTH_MAX_DEFAULT) {
      alarms.raise(chains.cut(automation, Feeds.wire(event)));
    } else {
      var cause =
          Cause.after("Hook", hook.id(), message.cause()).under(event.content().id()).deeper();
      var run = runs.queued(automation, cause, AutomationHooks.input(message), Map.of());
      batch.write(new Batch.Write.Insert(run));
      queued.add(run.id());
    }
  }

  @Override
  public void committed() {
    queued.forEach(runs::offer);
    queued.clear();
    pending.forEach(deliverer::offer);
    pending.clear();
    gone.forEach(deliverer::wake);
    gone.clear();
  }
}
