package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.model.Filter;
import io.oarlock.model.FilterParser;
import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Saving an automation: its source is parsed, its entitlements are no more than its author holds,
 * each new source is a version of its own, and its next slot is known.
 */
final class AutomationProcessor implements Processor {
  static final String VERSION = "automationversion";

  /** Attributes whose change makes a new version. */
  private static final List<String> CODE = List.of("source", "modules", "condition");

  /** What goes with an automation. */
  private static final List<String> OWNED = List.of(VERSION, "calltoken", "kventry");

  private static final int OWNED_MAX = 900;

  private final ResourceStore store;
  private final AutomationRunner runner;
  private final Authorizer authorizer;
  private final Crons crons;
  private final Entitlements entitlements;

  AutomationProcessor(
      ResourceStore store,
      AutomationRunner runner,
      Authorizer authorizer,
      Crons crons,
      Entitlements entitlements) {
    this.store = store;
    this.runner = runner;
    this.authorizer = authorizer;
    this.crons = crons;
    this.entitlements = entitlements;
  }

  /** The next slot moves by itself, so what a caller read of it is no wish to change it. */
  @Override
  public void prepare(Write write) {
    write.resource.remove(Schedule.NEXT_AT);
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      removeOwned(write);
      return;
    }
    write.resource.put("author", write.caller.principal().claims().stream().sorted().toList());
    entitlements.process(write);
    requireHolds(write);
    checkFilter(write);
    if (write.creates() || codeChanged(write)) {
      check(write);
      write.resource.put("currentVersion", before(write) + 1);
      write.alongside.add(new Batch.Write.Insert(version(write)));
    }
    schedule(write);
  }

  private static long before(Write write) {
    return write.original.map(d -> Trees.number(d.body(), "currentVersion", 0)).orElse(0L);
  }

  private static boolean codeChanged(Write write) {
    var stored = write.original.map(Document::body).orElse(Map.of());
    return CODE.stream().anyMatch(a -> !Objects.equals(stored.get(a), write.resource.get(a)));
  }

  private void requireHolds(Write write) {
    var wanted = Permissions.of(Entitlements.of(write));
    authorizer.requireHolds(write.caller, write.namespace, wanted, "/entitlements");
  }

  private static void checkFilter(Write write) {
    var trigger = Trees.object(write.resource.get("trigger"));
    Trees.text(trigger, "filter")
        .ifPresent(text -> {
          try {
            FilterParser.parse(text, java.time.Clock.systemUTC());
          } catch (Problem | IllegalArgumentException e) {
            write.refuse("bad-filter", String.valueOf(e.getMessage()), "/trigger/filter");
          }
        });
  }

  private void check(Write write) {
    var document =
        new Document(
            write.type.name(), write.id(), write.namespace, 1, write.resource, Optional.empty());
    try {
      for (var problem : runner.check(Automation.of(document, write.resource).script())) {
        write.refuse(
            "syntax-error",
            problem.message() + " (line " + problem.line() + ", column " + problem.column() + ")",
            "/source");
      }
    } catch (IllegalArgumentException e) {
      write.refuse("bad-script", String.valueOf(e.getMessage()), "/source");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; save again later");
    }
  }

  private static Document version(Write write) {
    var number = Trees.number(write.resource, "currentVersion", 1);
    var body = new LinkedHashMap<String, Object>();
    var id = versionId(write.id(), number);
    var now = Instants.text(write.now);
    body.put("id", id);
    body.put("namespace", write.namespace.value());
    body.put("createTime", now);
    body.put("updateTime", now);
    body.put("automation", write.id());
    body.put("number", number);
    CODE.forEach(
        name -> Optional.ofNullable(write.resource.get(name)).ifPresent(v -> body.put(name, v)));
    body.put("author", Objects.requireNonNull(write.resource.get("author")));
    return new Document(VERSION, id, write.namespace, 1, body, Optional.empty());
  }

  static String versionId(String automation, long number) {
    return automation + "." + number;
  }

  /** The next slot: unchanged while the slots are, so that saving does not skip one. */
  private void schedule(Write write) {
    var trigger = Trees.object(write.resource.get("trigger"));
    if (!"OnSchedule".equals(trigger.get("kind")) || Trees.truth(write.resource, "disabled")) {
      if (!write.creates()) {
        write.alongside.add(new Batch.Write.Remove(Schedule.TYPE, write.id(), 0));
      }
      return;
    }
    var kept = store.get(Schedule.TYPE, write.id()).map(Schedule::of);
    var timetable = Timetable.of(trigger);
    var next =
        kept.filter(k -> k.timetable().hasSlotsOf(timetable))
            .map(Schedule::nextAt)
            .or(() -> timetable.next(crons, write.now));
    if (next.isPresent()) {
      write.shownOnce.put(Schedule.NEXT_AT, Instants.text(next.get()));
      put(write, trigger, kept, next.get()).ifPresent(write.alongside::add);
    } else if (!isOver(write, trigger)) {
      write.refuse("never-fires", "This schedule never fires again", "/trigger/cron");
    }
  }

  private static Optional<Batch.Write> put(
      Write write, Map<String, Object> trigger, Optional<Schedule> kept, Instant next) {
    if (kept.isEmpty()) {
      // Greater than any version it had before it was removed.
      var version = write.now.toEpochMilli();
      var made =
          new Schedule(write.id(), write.namespace, trigger, next, List.of(), version).document();
      return Optional.of(new Batch.Write.Put(made));
    }
    var known = kept.get();
    if (known.trigger().equals(trigger)) {
      return Optional.empty();
    }
    var changed = known.next(trigger, next, known.runs()).document();
    return Optional.of(new Batch.Write.Replace(changed, known.version()));
  }

  /** A schedule that fired for the last time does not keep its automation from being saved. */
  private static boolean isOver(Write write, Map<String, Object> trigger) {
    var stored = write.original.map(Document::body).orElse(Map.of());
    return trigger.equals(stored.get("trigger")) && !Trees.truth(stored, "disabled");
  }

  private void removeOwned(Write write) {
    write.alongside.add(new Batch.Write.Remove(Schedule.TYPE, write.id(), 0));
    for (var type : OWNED) {
      var mine = new Filter.Compare("automation", Filter.Comparison.EQUAL, write.id());
      var query = Query.all(type, new Query.Scope.Only(write.namespace)).where(mine);
      for (var document : store.list(query.limit(OWNED_MAX / OWNED.size())).documents()) {
        write.alongside.add(new Batch.Write.Remove(type, document.id(), 0));
      }
    }
  }
}
