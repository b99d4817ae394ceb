package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.NewEvent;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alarms that the platform raises by itself, one for each thing that is wrong. */
final class Alarms {
  static final String TYPE = "alarm";

  private final ResourceStore store;
  private final ResourceType type;
  private final Stamp stamp;
  private final Clock clock;

  Alarms(ResourceStore store, ResourceType type, Stamp stamp, Clock clock) {
    this.store = store;
    this.type = type;
    this.stamp = stamp;
    this.clock = clock;
  }

  /** A chain of reactions was cut at an automation; one alarm for it, however often. */
  void loop(Automation automation, Event event, Batch.Builder batch) {
    var id = "loop-" + automation.id();
    if (store.get(TYPE, id).isPresent() || batch.writes(TYPE, id)) {
      return;
    }
    var content =
        "The automation "
            + automation.name()
            + " was not run for the event "
            + event.content().id()
            + " ("
            + event.content().operation().wire()
            + " "
            + event.content().type()
            + " "
            + event.content().resourceId()
            + "): it is the "
            + (Cause.DEPTH_MAX_DEFAULT + 1)
            + "th reaction to a reaction. Follow the chain from the cause of that event; make one"
            + " of the automations ignore what the other writes.";
    raise(id, automation, "loop", content, batch);
  }

  private void raise(
      String id, Automation automation, String kind, String content, Batch.Builder batch) {
    var now = clock.instant();
    var text = Instants.text(now);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", automation.namespace().value());
    body.put("name", "Loop at " + automation.name());
    body.put("createTime", text);
    body.put("updateTime", text);
    body.put("version", 1L);
    body.put("kind", kind);
    body.put("content", content);
    body.put("status", "Open");
    body.put("occurrences", List.of(text));
    body.put("normalizedTags", stamp.normalized(type, body));
    batch.write(
        new Batch.Write.Insert(
            new Document(TYPE, id, automation.namespace(), 1, body, Optional.empty())));
    batch.event(
        new NewEvent(
            Ids.at(now),
            now,
            TYPE,
            Operation.CREATE,
            automation.namespace(),
            id,
            body,
            Optional.empty(),
            Map.of("kind", "Platform", "id", "loop", "depth", (long) Cause.DEPTH_MAX_DEFAULT)));
  }
}
