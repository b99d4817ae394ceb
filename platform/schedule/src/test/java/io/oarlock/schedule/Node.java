package io.oarlock.schedule;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.RunnerStatus;
import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import io.oarlock.automations.Usage;
import io.oarlock.engine.Answer;
import io.oarlock.engine.Call;
import io.oarlock.engine.Cause;
import io.oarlock.engine.CertificateAuthority;
import io.oarlock.engine.Engine;
import io.oarlock.engine.EngineConfig;
import io.oarlock.engine.Parts;
import io.oarlock.engine.Principal;
import io.oarlock.model.ModelReader;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import io.oarlock.store.ResourceStore;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A node of the platform on a store that others may share; its time goes when a test says so. */
final class Node implements AutoCloseable {
  static final ResourceModel MODEL = ModelReader.read(ResourceTypes.all());

  private static final Principal SYSTEM =
      new Principal(
          Set.of("$system=oarlock"),
          Principal.Restrictions.NONE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  final Engine engine;
  final Scheduler scheduler;

  /** When the timer was set to ring. */
  final LinkedBlockingQueue<Instant> alarms = new LinkedBlockingQueue<>();

  /** A run ends when it gets one of these. */
  final Semaphore mayEnd;

  private final Vertx vertx = Vertx.vertx();
  private final VirtualClock clock;

  Node(
      String name,
      ResourceStore store,
      ResourceStore.Leases leases,
      VirtualClock clock,
      Semaphore mayEnd) {
    this.clock = clock;
    this.mayEnd = mayEnd;
    var crons = new QuartzCrons();
    var authority =
        CertificateAuthority.make(
            "test", Duration.ofDays(3650), Instant.parse("2026-01-01T00:00:00Z"));
    engine =
        new Engine(
            new Parts(MODEL, store, vertx, new Scripts(mayEnd), crons, authority, clock),
            new EngineConfig(
                name,
                URI.create("https://localhost:8443"),
                Map.of(1, new byte[32]),
                "correct horse battery",
                EngineConfig.EVENT_RETENTION));
    engine.start();
    scheduler = new Scheduler(engine.scheduled(), leases, crons, clock, name, _ -> new Alarms());
    scheduler.start();
  }

  /** Lets time pass, stopping wherever the scheduler wants to work. */
  void runUntil(Instant end) {
    for (var next = scheduler.work(); !next.isAfter(end); next = scheduler.work()) {
      clock.set(next);
    }
    clock.set(end);
    scheduler.work();
  }

  /** Works at a time, without a stop before it. */
  void workAt(Instant at) {
    clock.set(at);
    scheduler.work();
  }

  /** Waits until the scheduler has heard of a change. */
  void awaitAlarm() throws InterruptedException {
    if (alarms.poll(60, TimeUnit.SECONDS) == null) {
      throw new AssertionError("the scheduler was not told");
    }
  }

  Answer call(
      Operation operation, String type, String namespace, String id, Map<String, Object> body) {
    return engine.handle(
        new Call(
            operation,
            MODEL.require(type),
            NamespacePath.of(namespace),
            Optional.of(id).filter(text -> !text.isEmpty()),
            body,
            Call.Reading.DEFAULT,
            Call.Writing.DEFAULT,
            caller()));
  }

  static Call.Caller caller() {
    return new Call.Caller(
        SYSTEM,
        Cause.request("request-1"),
        new Call.Origin("request-1", Optional.empty(), Optional.empty()));
  }

  Map<String, Object> one(
      Operation operation, String type, String namespace, String id, Map<String, Object> body) {
    if (call(operation, type, namespace, id, body) instanceof Answer.One one) {
      return one.resource();
    }
    throw new AssertionError("expected one resource");
  }

  /** Makes an automation with that schedule; returns its id. */
  String automation(String namespace, String name, Map<String, Object> schedule) {
    var trigger = new java.util.LinkedHashMap<String, Object>(schedule);
    trigger.put("kind", "OnSchedule");
    var body =
        Map.<String, Object>of(
            "name", name, "source", "export default () => 1;", "trigger", trigger);
    return text(one(Operation.CREATE, "automation", namespace, "", body), "id");
  }

  static String text(Map<String, Object> tree, String name) {
    return (String) Objects.requireNonNull(tree.get(name), name);
  }

  @Override
  public void close() {
    scheduler.close();
    engine.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private final class Alarms implements Timer {
    @Override
    public void wakeAt(Instant at) {
      alarms.add(at);
    }

    @Override
    public void close() {}
  }

  /** Answers with what it was given, when it may. */
  private record Scripts(Semaphore mayEnd) implements AutomationRunner {
    @Override
    public RunResult run(RunRequest request, HostCalls host) throws InterruptedException {
      mayEnd.acquire();
      return new RunResult.Succeeded(request.context(), Usage.none());
    }

    @Override
    public void cancel(String runId) {}

    @Override
    public List<SourceProblem> check(Script script) {
      return List.of();
    }

    @Override
    public RunnerStatus status() {
      throw new UnsupportedOperationException("these tests never ask");
    }

    @Override
    public void close() {}
  }
}
