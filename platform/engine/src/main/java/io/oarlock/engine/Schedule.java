package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Document;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is due when: the durable truth about a schedule. It is kept apart from its automation, so
 * that a firing changes no version that a user sees.
 *
 * @param id of the automation
 * @param trigger in tree form
 * @param nextAt the first slot that nobody has accounted for
 * @param runs that it set off and that may still go on
 * @param version grows with every change, even over removal and return
 */
public record Schedule(
    String id,
    NamespacePath namespace,
    Map<String, Object> trigger,
    Instant nextAt,
    List<String> runs,
    long version) {
  static final String TYPE = "schedule";
  static final String NEXT_AT = "nextAt";

  public Schedule {
    runs = List.copyOf(runs);
  }

  static Schedule of(Document document) {
    var body = document.body();
    return new Schedule(
        document.id(),
        document.namespace(),
        Trees.object(body.get("trigger")),
        Instants.parse(Trees.required(body, NEXT_AT)),
        Trees.texts(body.get("runs")),
        document.version());
  }

  /** When it is due, and what happens with slots that are missed or overlap. */
  public Timetable timetable() {
    return Timetable.of(trigger);
  }

  /** The same with the next version. */
  Schedule next(Map<String, Object> changed, Instant at, List<String> alive) {
    return new Schedule(id, namespace, changed, at, alive, version + 1);
  }

  Document document() {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", namespace.value());
    body.put("version", version);
    body.put("trigger", trigger);
    body.put(NEXT_AT, Instants.text(nextAt));
    body.put("runs", runs);
    return new Document(TYPE, id, namespace, version, body, Optional.empty());
  }
}
