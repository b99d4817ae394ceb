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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
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

  AutomationProcessor(
      ResourceStore store, AutomationRunner runner, Authorizer authorizer, Crons crons) {
    this.store = store;
    this.runner = runner;
    this.authorizer = authorizer;
    this.crons = crons;
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      removeOwned(write);
      return;
    }
    write.resource.put("author", write.caller.principal().claims().stream().sorted().toList());
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
    var map = new LinkedHashMap<String, List<String>>();
    Trees.object(write.resource.get("entitlements"))
        .forEach((type, verbs) -> map.put(type, Trees.texts(verbs)));
    authorizer.requireHolds(write.caller, write.namespace, Permissions.of(map), "/entitlements");
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

  /** The next slot: unchanged while the schedule is, so that saving does not skip one. */
  private void schedule(Write write) {
    var trigger = Trees.object(write.resource.get("trigger"));
    var kept = write.original.map(d -> Trees.object(d.body().get("trigger"))).orElse(Map.of());
    if (!"OnSchedule".equals(trigger.get("kind")) || Trees.truth(write.resource, "disabled")) {
      write.resource.remove("nextAt");
    } else if (!trigger.equals(kept) || !write.resource.containsKey("nextAt")) {
      next(trigger, write.now)
          .ifPresentOrElse(
              at -> write.resource.put("nextAt", Instants.text(at)),
              () ->
                  write.refuse("never-fires", "This schedule never fires again", "/trigger/cron"));
    }
  }

  private Optional<Instant> next(Map<String, Object> trigger, Instant now) {
    var every = Trees.text(trigger, "every").map(Duration::parse);
    if (every.isPresent()) {
      return Optional.of(now.plus(every.get()));
    }
    var zone = ZoneId.of(Trees.text(trigger, "timeZone").orElse("UTC"));
    return Trees.text(trigger, "cron").flatMap(cron -> crons.next(cron, zone, now));
  }

  private void removeOwned(Write write) {
    for (var type : OWNED) {
      var mine = new Filter.Compare("automation", Filter.Comparison.EQUAL, write.id());
      var query = Query.all(type, new Query.Scope.Only(write.namespace)).where(mine);
      for (var document : store.list(query.limit(OWNED_MAX / OWNED.size())).documents()) {
        write.alongside.add(new Batch.Write.Remove(type, document.id(), 0));
      }
    }
  }
}
