package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Usage;
import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The life of runs: a record when asked for, a claim before it starts, an ending that is stored
 * whatever happens. A crash between claim and ending shows at the next start as Lost.
 */
final class Runs implements AutoCloseable {
  static final String TYPE = "run";

  private final Journal journal;
  private final ResourceType type;
  private final Automations automations;
  private final AutomationRunner runner;
  private final Brokers brokers;
  private final Versions versions;
  private final Recordings recordings;
  private final RunQueue queue;
  private final String node;
  private final Tracing tracing;
  private final Clock clock;

  /** Automations of the runs whose scripts go on here, by run. */
  private final Map<String, String> going = new ConcurrentHashMap<>();

  Runs(
      Journal journal,
      ResourceType type,
      Automations automations,
      AutomationRunner runner,
      Brokers brokers,
      Recordings recordings,
      String node,
      Tracing tracing,
      Clock clock) {
    this.journal = journal;
    this.type = type;
    this.automations = automations;
    this.runner = runner;
    this.brokers = brokers;
    this.recordings = recordings;
    this.versions = new Versions(journal.store());
    this.node = node;
    this.tracing = tracing;
    this.clock = clock;
    this.queue = new RunQueue(this::execute, clock);
    automations.onChange(() -> going.forEach(this::stopIfGone));
  }

  /** The record of a run that is asked for; the caller stores it. */
  Document queued(
      Automation automation, Cause cause, Map<String, Object> input, Map<String, Object> more) {
    var now = clock.instant();
    var body = new LinkedHashMap<String, Object>();
    var id = Ids.at(now);
    body.put("id", id);
    body.put("namespace", automation.namespace().value());
    body.put("createTime", Instants.text(now));
    body.put("updateTime", Instants.text(now));
    body.put("automation", automation.id());
    body.put("version", automation.version());
    body.put("status", "Queued");
    body.put("input", input);
    body.put("attempt", 1L);
    body.put("cause", cause.toTree());
    body.put("queuedAt", Instants.text(now));
    body.putAll(more);
    return document(automation, id, 1, body, now);
  }

  private Document document(
      Automation automation, String id, long version, Map<String, Object> body, Instant now) {
    return new Document(
        TYPE, id, automation.namespace(), version, body, type.retention().map(now::plus));
  }

  /** Stores the record and runs it when its turn comes. */
  String start(
      Automation automation, Cause cause, Map<String, Object> input, Map<String, Object> more) {
    var run = queued(automation, cause, input, more);
    journal.commit(Batch.builder().write(new Batch.Write.Insert(run)).build());
    offer(run.id());
    return run.id();
  }

  /** Runs at once, on the caller's thread, ahead of the queue; for callers who wait. */
  Ended now(Automation automation, Cause cause, Map<String, Object> input, Map<String, Object> more)
      throws InterruptedException {
    return now(automation, cause, input, more, () -> {});
  }

  /** Runs at once; {@code begun} is told when a worker has been found and the script begins. */
  Ended now(
      Automation automation,
      Cause cause,
      Map<String, Object> input,
      Map<String, Object> more,
      Runnable begun)
      throws InterruptedException {
    var run = queued(automation, cause, input, more);
    var body = new LinkedHashMap<>(run.body());
    begin(body);
    var claimed = document(automation, run.id(), 1, body, clock.instant());
    journal.commit(Batch.builder().write(new Batch.Write.Insert(claimed)).build());
    return perform(automation, claimed, begun);
  }

  /** A stored run is ready; it is taken up when its turn comes. */
  void offer(String runId) {
    journal.store().get(TYPE, runId).ifPresent(this::offer);
  }

  private void offer(Document run) {
    automations
        .get(Trees.required(run.body(), "automation"))
        .ifPresent(automation ->
            queue.offer(
                new RunQueue.Item(
                    run.id(),
                    automation.id(),
                    automation.namespace().value(),
                    automation.concurrency(),
                    Trees.instant(run.body(), "nextAttemptAt").orElse(Instant.MIN))));
  }

  /** Takes up what an earlier life of this platform left: waiting runs wait on, others are lost. */
  void resume() {
    for (var run : withStatus("Running")) {
      automations
          .get(Trees.required(run.body(), "automation"))
          .ifPresent(automation -> lose(automation, run));
    }
    withStatus("Queued").forEach(this::offer);
  }

  private List<Document> withStatus(String status) {
    var found = new java.util.ArrayList<Document>();
    Optional<String> after = Optional.empty();
    do {
      var query =
          Query.all(TYPE, new Query.Scope.Everywhere())
              .where(new Filter.Compare("status", Filter.Comparison.EQUAL, status))
              .after(after);
      var page = journal.store().list(query);
      found.addAll(page.documents());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  private void lose(Automation automation, Document run) {
    var lost = new RunResult.Lost("the platform stopped while the script ran", true, Usage.none());
    end(automation, run, lost, RunLog.empty(), Optional.empty());
  }

  private void execute(String runId) throws InterruptedException {
    var run = journal.store().get(TYPE, runId);
    if (run.isEmpty() || !"Queued".equals(run.get().body().get("status"))) {
      return;
    }
    var automation = automations.get(Trees.required(run.get().body(), "automation"));
    if (automation.isEmpty()) {
      return;
    }
    if (automation.get().disabled()) {
      // Who switches an automation off does not mean to wait for what is queued.
      end(
          automation.get(),
          run.get(),
          new RunResult.Cancelled(Usage.none()),
          RunLog.empty(),
          Optional.empty());
      return;
    }
    // A run finishes on the version it was asked for, however often it is tried.
    var asked = Trees.number(run.get().body(), "version", automation.get().version());
    var version = versions.at(automation.get(), asked).orElse(automation.get());
    var claimed = claim(version, run.get());
    if (claimed.isPresent()) {
      perform(version, claimed.get(), () -> {});
    }
  }

  private Optional<Document> claim(Automation automation, Document run) {
    var body = new LinkedHashMap<>(run.body());
    begin(body);
    var claimed = document(automation, run.id(), run.version() + 1, body, clock.instant());
    try {
      journal.commit(
          Batch.builder().write(new Batch.Write.Replace(claimed, run.version())).build());
      return Optional.of(claimed);
    } catch (ConflictException e) {
      // Cancelled, or taken by another node.
      return Optional.empty();
    }
  }

  private void begin(Map<String, Object> body) {
    body.put("status", "Running");
    body.put("startedAt", Instants.text(clock.instant()));
    body.put("node", node);
    body.remove("nextAttemptAt");
  }

  /** How a run ended, for who waited. */
  record Ended(Document run, RunResult result) {}

  /** With an automation go its runs, wherever it was removed. */
  private void stopIfGone(String run, String automation) {
    if (automations.get(automation).isEmpty()) {
      runner.cancel(run);
    }
  }

  private Ended perform(Automation automation, Document run, Runnable begun)
      throws InterruptedException {
    var trace = Cause.trace(Trees.object(run.body().get("cause")));
    try (var span = tracing.begin("run", Tracing.Kind.INTERNAL, trace)) {
      span.note("oarlock.automation", automation.name())
          .note("oarlock.namespace", automation.namespace().value())
          .note("oarlock.run", run.id());
      Runnable started =
          () -> {
            begun.run();
            stopIfGone(run.id(), automation.id());
          };
      var broker = brokers.open(automation, run, span.traceparent().or(() -> trace), started);
      var ended = perform(automation, run, context(automation, run, run.id()), broker);
      var status = Trees.required(ended.run().body(), "status");
      span.note("oarlock.run.status", status);
      if (RunForms.failed(ended.result())) {
        span.failed(status);
      }
      return ended;
    }
  }

  /** Runs the version of a run again, with the input and the answers it got. */
  Document replay(Automation automation, Document old) throws InterruptedException {
    var recording =
        recordings
            .of(old.id())
            .orElseThrow(() ->
                Problem.conflict(
                    "not-recorded",
                    "Nothing is kept of the answers that this run got; they are kept of runs that"
                        + " failed and were no dry run. Redrive it to run it again for real"));
    var number = Trees.number(old.body(), "version", automation.version());
    var version = version(automation, number).answering(automation.limits().wallTime());
    var cause = new Cause("Redrive", old.id(), Optional.of(old.id()), 0);
    var more =
        Map.<String, Object>of(
            "dryRun", true,
            "redriveOf", old.id(),
            "attempt", Trees.number(old.body(), "attempt", 1));
    var run = queued(version, cause, Trees.object(old.body().get("input")), more);
    var body = new LinkedHashMap<>(run.body());
    begin(body);
    var claimed = document(version, run.id(), 1, body, clock.instant());
    journal.commit(Batch.builder().write(new Batch.Write.Insert(claimed)).build());
    var context = context(version, claimed, old.id());
    return perform(version, claimed, context, new Replayer(recording)).run();
  }

  /** A saved version of an automation; a run never falls back to another. */
  Automation version(Automation automation, long number) {
    return versions
        .at(automation, number)
        .orElseThrow(() ->
            Problem.notFound(
                "Version %d of the automation %s is not kept any more"
                    .formatted(number, automation.name())));
  }

  private Ended perform(
      Automation automation, Document run, Map<String, Object> context, RunCalls calls)
      throws InterruptedException {
    var request =
        new RunRequest(
            run.id(),
            automation.namespace().value(),
            automation.script(),
            automation.entry(),
            context,
            automation.limits());
    going.put(run.id(), automation.id());
    try {
      var result = runner.run(request, calls);
      return new Ended(end(automation, run, result, calls.log(), calls.recording()), result);
    } catch (InterruptedException e) {
      var cancelled = new RunResult.Cancelled(Usage.none());
      end(automation, run, cancelled, calls.log(), Optional.empty());
      throw e;
    } finally {
      going.remove(run.id());
    }
  }

  static Map<String, Object> context(Automation automation, Document run, String id) {
    var context = new LinkedHashMap<String, Object>();
    context.putAll(Trees.object(run.body().get("input")));
    context.put("params", automation.parameters());
    var about = new LinkedHashMap<String, Object>();
    about.put("id", id);
    about.put("automation", automation.id());
    about.put("namespace", automation.namespace().value());
    about.put("attempt", Trees.number(run.body(), "attempt", 1));
    about.put("cause", Trees.object(run.body().get("cause")));
    context.put("run", about);
    return context;
  }

  private Document end(
      Automation automation,
      Document run,
      RunResult result,
      RunLog log,
      Optional<Recording> recording) {
    var body = new LinkedHashMap<>(run.body());
    RunForms.end(body, result, log, clock.instant());
    var now = clock.instant();
    var attempt = (int) Trees.number(body, "attempt", 1);
    var again = RunForms.failed(result) && attempt < automation.retry().attempts();
    if (again) {
      body.put("attempt", attempt + 1L);
      body.put("status", "Queued");
      body.put("nextAttemptAt", Instants.text(now.plus(automation.retry().before(attempt + 1))));
    }
    var ended = document(automation, run.id(), run.version() + 1, body, now);
    var batch = Batch.builder().write(new Batch.Write.Replace(ended, run.version()));
    if (!again) {
      batch.event(RunForms.event(automation, ended, now));
    }
    if (RunForms.failed(result)) {
      recording.ifPresent(kept -> batch.write(recordings.keep(ended, kept)));
    }
    try {
      journal.commit(batch.build());
    } catch (ConflictException e) {
      // It was deleted with its namespace, or cancelled: nobody waits for this ending.
      return ended;
    }
    if (again) {
      offer(ended);
    }
    return ended;
  }

  /** Ends a run early. */
  Document cancel(Document run) {
    runner.cancel(run.id());
    if (!"Queued".equals(run.body().get("status"))) {
      return run;
    }
    var automation = automations.get(Trees.required(run.body(), "automation"));
    return automation
        .map(a ->
            end(a, run, new RunResult.Cancelled(Usage.none()), RunLog.empty(), Optional.empty()))
        .orElse(run);
  }

  int waiting() {
    return queue.waiting();
  }

  void start() {
    queue.start();
  }

  @Override
  public void close() {
    queue.close();
  }
}
