package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What can be asked of automations and runs beyond storing them. */
final class AutomationActions {
  private static final int VERSIONS_SHOWN = 200;

  private final ResourceStore store;
  private final Lookup lookup;
  private final Automations automations;
  private final Runs runs;
  private final Crons crons;
  private final Function<Call, Answer> platform;
  private final String publicUrl;
  private final Clock clock;

  AutomationActions(
      ResourceStore store,
      Lookup lookup,
      Automations automations,
      Runs runs,
      Crons crons,
      Function<Call, Answer> platform,
      String publicUrl,
      Clock clock) {
    this.store = store;
    this.lookup = lookup;
    this.automations = automations;
    this.runs = runs;
    this.crons = crons;
    this.platform = platform;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  Map<String, Actions> all() {
    return Map.of(
        "automation/calltokens", this::callToken,
        "automation/test", this::test,
        "automation/run", this::run,
        "automation/versions", this::versions,
        "automation/rollback", this::rollback,
        "automation/preview", this::preview,
        "run/cancel", this::cancel,
        "run/redrive", this::redrive,
        "run/replay", this::replay,
        "run/logs", this::logs);
  }

  private Automation automation(ActionCall call) {
    var document = document(call);
    return automations
        .get(document.id())
        .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), document.id()));
  }

  private static Automation enabled(Automation automation) {
    if (automation.disabled()) {
      throw Problem.conflict(
          "disabled",
          "The automation "
              + automation.name()
              + " is switched off; set disabled to false, or test it, which works all the same");
    }
    return automation;
  }

  private Document document(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    return lookup
        .find(call.type(), call.namespace(), id)
        .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), id));
  }

  /** The token is in the answer and nowhere else; its hash is its id. */
  private Map<String, Object> callToken(ActionCall call) {
    var automation = automation(call);
    if (!automation.kind().equals("OnCall")) {
      throw Problem.conflict(
          "wrong-trigger", "Only an automation with trigger OnCall can be called from outside");
    }
    var token = Ids.secret();
    var id = CallTokens.id(token);
    var now = clock.instant();
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", automation.namespace().value());
    body.put("createTime", Instants.text(now));
    body.put("updateTime", Instants.text(now));
    body.put("automation", automation.id());
    body.put("hash", id);
    Trees.text(call.body(), "description").ifPresent(text -> body.put("description", text));
    Trees.text(call.body(), "expirationTime").ifPresent(at -> body.put("expirationTime", at));
    body.put("author", call.caller().principal().claims().stream().sorted().toList());
    var ends = Trees.instant(body, "expirationTime");
    var document = new Document(CallTokens.TYPE, id, automation.namespace(), 1, body, ends);
    store.commit(Batch.builder().write(new Batch.Write.Insert(document)).build());
    return Map.of("url", publicUrl + "/v1/calls/" + token, "id", id);
  }

  private Map<String, Object> test(ActionCall call) {
    var automation = automation(call);
    var input = new LinkedHashMap<String, Object>();
    for (var name : List.of("event", "payload")) {
      Optional.ofNullable(call.body().get(name)).ifPresent(value -> input.put(name, value));
    }
    var dry = !Boolean.FALSE.equals(call.body().get("dryRun"));
    var origin = call.caller().cause();
    var cause =
        new Cause("Test", call.caller().origin().requestId(), Optional.empty(), origin.depth())
            .in(call.caller().origin().traceparent());
    try {
      return runs.now(automation, cause, input, Map.of("dryRun", dry)).run().body();
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  private Map<String, Object> run(ActionCall call) {
    var automation = enabled(automation(call));
    var input = new LinkedHashMap<String, Object>();
    Optional.ofNullable(call.body().get("payload")).ifPresent(value -> input.put("payload", value));
    var id = runs.start(automation, call.caller().cause(), input, Map.of());
    return Map.of("run", id);
  }

  private Map<String, Object> versions(ActionCall call) {
    var document = document(call);
    var mine = new Filter.Compare("automation", Filter.Comparison.EQUAL, document.id());
    var found = new ArrayList<Object>();
    var query =
        Query.all(AutomationProcessor.VERSION, new Query.Scope.Only(document.namespace()))
            .where(mine);
    store.list(query).documents().stream()
        .map(Document::body)
        .sorted(
            java.util.Comparator.comparingLong(
                    (Map<String, Object> body) -> Trees.number(body, "number", 0))
                .reversed())
        .limit(VERSIONS_SHOWN)
        .forEach(found::add);
    return Map.of("versions", found);
  }

  /** Rolling back saves the old code again, as a new version with a new author. */
  private Map<String, Object> rollback(ActionCall call) {
    var document = document(call);
    var number = Trees.number(call.body(), "version", 0);
    var version =
        store
            .get(AutomationProcessor.VERSION, AutomationProcessor.versionId(document.id(), number))
            .orElseThrow(() -> Problem.notFound("The automation has no version " + number));
    var patch = new LinkedHashMap<String, Object>();
    for (var name : List.of("source", "modules", "condition")) {
      patch.put(name, version.body().get(name));
    }
    var answer = platform.apply(patch(call, document, patch));
    return answer instanceof Answer.One(var resource, _) ? resource : Map.of();
  }

  private static Call patch(ActionCall call, Document document, Map<String, Object> patch) {
    return new Call(
        Operation.PATCH,
        call.type(),
        document.namespace(),
        Optional.of(document.id()),
        patch,
        Call.Reading.DEFAULT,
        Call.Writing.DEFAULT,
        call.caller());
  }

  private Map<String, Object> preview(ActionCall call) {
    var timetable = Timetable.of(Trees.object(call.body().get("schedule")));
    var slots = new ArrayList<Object>();
    var at = Trees.instant(call.body(), "from").orElseGet(clock::instant);
    var count = Trees.number(call.body(), "count", 10);
    var next = timetable.next(crons, at);
    while (next.isPresent() && slots.size() < count) {
      slots.add(Instants.text(next.get()));
      next = timetable.next(crons, next.get());
    }
    return Map.of("slots", slots);
  }

  private Map<String, Object> cancel(ActionCall call) {
    return runs.cancel(document(call)).body();
  }

  private Map<String, Object> redrive(ActionCall call) {
    var old = document(call);
    var automation = enabled(automationOf(old));
    var version = runs.version(automation, Trees.number(old.body(), "version", 1));
    var cause = new Cause("Redrive", old.id(), Optional.of(old.id()), 0);
    var input = Trees.object(old.body().get("input"));
    return Map.of("run", runs.start(version, cause, input, Map.of("redriveOf", old.id())));
  }

  private Automation automationOf(Document run) {
    return automations
        .get(Trees.required(run.body(), "automation"))
        .orElseThrow(() -> Problem.notFound("The automation of this run is gone"));
  }

  private Map<String, Object> replay(ActionCall call) {
    var old = document(call);
    try {
      return runs.replay(automationOf(old), old).body();
    } catch (InterruptedException e) {
      throw stopping();
    }
  }

  private static Problem stopping() {
    Thread.currentThread().interrupt();
    return Problem.unavailable("interrupted", "The platform is stopping; try again later");
  }

  private Map<String, Object> logs(ActionCall call) {
    var run = document(call).body();
    var logs = run.get("logs");
    return Map.of("status", Trees.required(run, "status"), "logs", logs == null ? List.of() : logs);
  }
}
