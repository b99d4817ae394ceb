package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Alarms, one for each thing that is wrong: what happens again while nobody has resolved it is an
 * occurrence of the alarm that is there. A unique index makes it so on any number of nodes.
 */
final class Alarms implements Processor {
  static final String TYPE = "alarm";
  static final String UNRESOLVED = "unresolved";

  /** Occurrences whose times are kept. */
  static final int OCCURRENCES_MAX = 100;

  /** What the platform itself finds again within this time is not noted again. */
  static final Duration QUIET = Duration.ofMinutes(1);

  private static final int TRIES_MAX = 5;
  private static final int NAME_MAX = 256;
  private static final int CONTENT_MAX = 16_000;
  private static final Logger LOG = System.getLogger(Alarms.class.getName());

  private final Journal journal;
  private final ResourceStore store;
  private final ResourceType type;
  private final Stamp stamp;
  private final Clock clock;

  /**
   * Something the platform found wrong.
   *
   * @param key the same for the same thing, so that it is one alarm
   */
  record Notice(
      NamespacePath namespace,
      String key,
      String kind,
      String name,
      String content,
      Map<String, Object> data) {}

  Alarms(Journal journal, ResourceType type, Stamp stamp, Clock clock) {
    this.journal = journal;
    this.store = journal.store();
    this.type = type;
    this.stamp = stamp;
    this.clock = clock;
  }

  /** One that somebody raises or changes. */
  @Override
  public void process(Write write) {
    if (!write.puts()) {
      return;
    }
    if (write.creates()) {
      write.resource.put("occurrences", List.of(Instants.text(write.now)));
      write.resource.put("count", 1L);
    }
    if ("Resolved".equals(write.resource.get("status"))) {
      write.resource.remove(UNRESOLVED);
    } else {
      write.resource.computeIfAbsent(UNRESOLVED, _ -> sameness(write.resource));
    }
  }

  private static String sameness(Map<String, Object> alarm) {
    return Idempotency.hash(alarm.get("kind") + "\n" + alarm.get("content"));
  }

  /** What becomes of an alarm that is there already and was raised again. */
  Optional<Answer> again(Call call) {
    var cause = Answers.cause(call.caller());
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var known = unresolved(call.namespace(), sameness(call.body()));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      var next = occurred(known.get(), clock.instant());
      if (replaced(known.get(), next, cause)) {
        return Optional.of(new Answer.One(seen(next.body()), false));
      }
    }
    throw Problem.conflict("busy", "Many raise this alarm right now; raise it again");
  }

  /** Raises an alarm, or notes that it happened again. */
  void raise(Notice notice) {
    var cause = Cause.system(notice.kind()).toTree();
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var now = clock.instant();
      var known = unresolved(notice.namespace(), notice.key());
      if (known.isPresent()) {
        if (isFresh(known.get(), now) || replaced(known.get(), occurred(known.get(), now), cause)) {
          return;
        }
      } else if (inserted(notice, now, cause)) {
        return;
      }
    }
    LOG.log(Logger.Level.WARNING, "The alarm {0} is raised by many at once", notice.key());
  }

  /** It is over. */
  void resolve(NamespacePath namespace, String key) {
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var known = unresolved(namespace, key);
      if (known.isEmpty()) {
        return;
      }
      var body = new LinkedHashMap<>(known.get().body());
      body.put("status", "Resolved");
      body.remove(UNRESOLVED);
      if (replaced(known.get(), next(known.get(), body), Cause.system("alarm-resolved").toTree())) {
        return;
      }
    }
  }

  private Optional<Document> unresolved(NamespacePath namespace, String key) {
    var same = new Filter.Compare(UNRESOLVED, Filter.Comparison.EQUAL, key);
    var query = Query.all(TYPE, new Query.Scope.Only(namespace)).where(same).limit(1);
    return store.list(query).documents().stream().findFirst();
  }

  private static boolean isFresh(Document alarm, Instant now) {
    var times = Trees.texts(alarm.body().get("occurrences"));
    return !times.isEmpty() && now.isBefore(Instant.parse(times.getLast()).plus(QUIET));
  }

  private Document occurred(Document alarm, Instant now) {
    var body = new LinkedHashMap<>(alarm.body());
    var times = new ArrayList<>(Trees.texts(body.get("occurrences")));
    times.add(Instants.text(now));
    var first = Math.max(0, times.size() - OCCURRENCES_MAX);
    body.put("occurrences", List.copyOf(times.subList(first, times.size())));
    body.put("count", Trees.number(body, "count", 1) + 1);
    return next(alarm, body);
  }

  private Document next(Document alarm, Map<String, Object> body) {
    body.put("version", alarm.version() + 1);
    body.put("updateTime", Instants.text(clock.instant()));
    body.put("normalizedTags", stamp.normalized(type, body));
    return new Document(
        TYPE, alarm.id(), alarm.namespace(), alarm.version() + 1, body, alarm.expiresAt());
  }

  private boolean replaced(Document before, Document after, Map<String, Object> cause) {
    return committed(
        new Batch.Write.Replace(after, before.version()),
        event(Operation.UPDATE, after, Optional.of(seen(before.body())), cause));
  }

  private boolean inserted(Notice notice, Instant now, Map<String, Object> cause) {
    var text = Instants.text(now);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", Ids.at(now));
    body.put("namespace", notice.namespace().value());
    body.put("name", cut(notice.name(), NAME_MAX));
    body.put("createTime", text);
    body.put("updateTime", text);
    body.put("version", 1L);
    body.put("kind", notice.kind());
    body.put("content", cut(notice.content(), CONTENT_MAX));
    body.put("status", "Open");
    body.put("data", notice.data());
    body.put("occurrences", List.of(text));
    body.put("count", 1L);
    body.put(UNRESOLVED, notice.key());
    body.put("normalizedTags", stamp.normalized(type, body));
    var document =
        new Document(
            TYPE, Trees.required(body, "id"), notice.namespace(), 1, body, Optional.empty());
    return committed(
        new Batch.Write.Insert(document),
        event(Operation.CREATE, document, Optional.empty(), cause));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  private boolean committed(Batch.Write write, NewEvent event) {
    try {
      journal.commit(Batch.builder().write(write).event(event).build());
      return true;
    } catch (ConflictException e) {
      // Somebody else raised or changed it meanwhile.
      return false;
    }
  }

  private NewEvent event(
      Operation operation,
      Document alarm,
      Optional<Map<String, Object>> original,
      Map<String, Object> cause) {
    var now = clock.instant();
    return new NewEvent(
        Ids.at(now),
        now,
        TYPE,
        operation,
        alarm.namespace(),
        alarm.id(),
        Objects.requireNonNull(seen(alarm.body())),
        original,
        cause);
  }

  private static Map<String, Object> seen(Map<String, Object> body) {
    var seen = new LinkedHashMap<>(body);
    seen.remove(UNRESOLVED);
    return seen;
  }
}
