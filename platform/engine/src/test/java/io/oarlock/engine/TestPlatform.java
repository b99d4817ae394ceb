package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.RunnerStatus;
import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import io.oarlock.automations.Usage;
import io.oarlock.model.ModelReader;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import io.oarlock.spi.SinkPlugin;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.NewEvent;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole engine on an embedded store, for tests; scripts are not run here. */
final class TestPlatform implements AutoCloseable {
  static final ResourceModel MODEL = ModelReader.read(ResourceTypes.all());
  static final String ADMIN_PASSWORD = "correct horse battery";

  private final Vertx vertx = Vertx.vertx();
  final EmbeddedStore store;
  final Engine engine;

  TestPlatform(Path directory) {
    this(directory, new Scripts());
  }

  TestPlatform(Path directory, AutomationRunner runner) {
    this(directory, runner, new EverySecond());
  }

  TestPlatform(Path directory, AutomationRunner runner, Crons crons) {
    this(directory, runner, crons, List.of());
  }

  TestPlatform(Path directory, AutomationRunner runner, List<SinkPlugin> sinks) {
    this(directory, runner, new EverySecond(), sinks);
  }

  /** One whose clock is ahead, so that what waits for its time is due. */
  TestPlatform(Path directory, Duration ahead) {
    this(
        directory,
        new Scripts(),
        new EverySecond(),
        List.of(),
        Clock.offset(Clock.systemUTC(), ahead));
  }

  private TestPlatform(
      Path directory, AutomationRunner runner, Crons crons, List<SinkPlugin> sinks) {
    this(directory, runner, crons, sinks, Clock.systemUTC());
  }

  private TestPlatform(
      Path directory, AutomationRunner runner, Crons crons, List<SinkPlugin> sinks, Clock clock) {
    this.store = EmbeddedStore.open(directory, Engine.storeModel(MODEL));
    var authority = CertificateAuthority.make("test", Duration.ofDays(1), Instant.now());
    this.engine =
        new Engine(
            new Parts(
                MODEL,
                store,
                vertx,
                runner,
                crons,
                authority,
                clock,
                Tracing.none(),
                sinks,
                List.of()),
            new EngineConfig(
                "node-1",
                URI.create("https://localhost:8443"),
                Map.of(1, new byte[32]),
                ADMIN_PASSWORD,
                EngineConfig.EVENT_RETENTION));
    engine.start();
  }

  /** A guard over the policies of this platform that asks other name servers. */
  OutboundGuard guard(OutboundGuard.Resolver resolver) {
    var journal = new Journal(store);
    return new OutboundGuard(new Egress(journal, new EverySecond(), Clock.systemUTC()), resolver);
  }

  /** Signs in with realm Account. */
  String token(String account, String password, Map<String, Object> narrowing) {
    var body = new java.util.LinkedHashMap<String, Object>(narrowing);
    body.put("realm", "Account");
    body.put("metadata", Map.of("account", account, "password", password));
    return Trees.required(issue(body), "token");
  }

  String adminToken() {
    return token(EngineConfig.ADMIN, ADMIN_PASSWORD, Map.of());
  }

  Map<String, Object> issue(Map<String, Object> body) {
    return one(
        engine.handle(
            new Call(
                Operation.CREATE,
                MODEL.require("issue"),
                NamespacePath.ROOT,
                Optional.empty(),
                body,
                Call.Reading.DEFAULT,
                Call.Writing.DEFAULT,
                new Call.Caller(Principal.NOBODY, Cause.request("r"), origin()))));
  }

  static Map<String, Object> firstAttempt(Map<String, Object> delivery) {
    return delivery.get("attempts") instanceof List<?> attempts
        ? Trees.object(attempts.getFirst())
        : Map.of();
  }

  static Call.Origin origin() {
    return new Call.Origin("request-1", Optional.empty(), Optional.of("127.0.0.1"));
  }

  Caller as(String token) {
    return new Caller(engine, token);
  }

  Caller admin() {
    return as(adminToken());
  }

  static Map<String, Object> one(Answer answer) {
    if (answer instanceof Answer.One one) {
      return one.resource();
    }
    throw new AssertionError("expected one resource, got " + answer);
  }

  /** Calls as one token, in one namespace at a time. */
  record Caller(Engine engine, String token) {
    Answer call(
        Operation operation,
        String type,
        String namespace,
        Optional<String> id,
        Map<String, Object> body,
        Call.Reading reading,
        Call.Writing writing) {
      var caller =
          new Call.Caller(
              engine.authenticate(token, origin()), Cause.request("request-1"), origin());
      return engine.handle(
          new Call(
              operation,
              MODEL.require(type),
              NamespacePath.of(namespace),
              id,
              body,
              reading,
              writing,
              caller));
    }

    Map<String, Object> create(String type, String namespace, Map<String, Object> body) {
      return one(
          call(
              Operation.CREATE,
              type,
              namespace,
              Optional.empty(),
              body,
              Call.Reading.DEFAULT,
              Call.Writing.DEFAULT));
    }

    Map<String, Object> get(String type, String namespace, String id) {
      return one(plain(Operation.GET, type, namespace, id, Map.of()));
    }

    Answer plain(
        Operation operation, String type, String namespace, String id, Map<String, Object> body) {
      return call(
          operation,
          type,
          namespace,
          Optional.of(id),
          body,
          Call.Reading.DEFAULT,
          Call.Writing.DEFAULT);
    }

    /** Asks an action of a resource. */
    Map<String, Object> act(
        String type, String namespace, String id, String name, Map<String, Object> body) {
      return act(type, namespace, id, name, body, Map.of());
    }

    Map<String, Object> act(
        String type,
        String namespace,
        String id,
        String name,
        Map<String, Object> body,
        Map<String, String> parameters) {
      var asked = MODEL.require(type);
      var action =
          asked.actions().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
      var caller =
          new Call.Caller(
              engine.authenticate(token, origin()), Cause.request("request-1"), origin());
      return engine.act(
          new ActionCall(
              action,
              asked,
              NamespacePath.of(namespace),
              Optional.of(id),
              body,
              parameters,
              caller));
    }

    List<Map<String, Object>> list(String type, String namespace) {
      var answer =
          call(
              Operation.LIST,
              type,
              namespace,
              Optional.empty(),
              Map.of(),
              Call.Reading.DEFAULT,
              Call.Writing.DEFAULT);
      return ((Answer.Many) answer).resources();
    }
  }

  /** Everything that was committed, oldest first. */
  List<NewEvent> events() {
    var found = new ArrayList<NewEvent>();
    for (var page = store.events().read(0, 1000);
        !page.isEmpty();
        page = store.events().read(page.getLast().sequence(), 1000)) {
      page.forEach(event -> found.add(event.content()));
    }
    return found;
  }

  Records records() {
    return new Records(MODEL, store, Map.of(1, new byte[32]));
  }

  /** Whatever a test did, what is stored is what the model says. */
  @Override
  public void close() {
    engine.close();
    assertThat(records().faults()).isEmpty();
    store.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Cron as far as these tests need it. */
  private static final class EverySecond implements Crons {
    @Override
    public Optional<String> fault(String cron) {
      return cron.contains(" ") ? Optional.empty() : Optional.of("is no cron");
    }

    @Override
    public Optional<Instant> next(String cron, ZoneId zone, Instant after) {
      return Optional.of(after.plusSeconds(1));
    }
  }

  /** Answers with what it was given. */
  static class Scripts implements AutomationRunner {
    @Override
    public RunResult run(RunRequest request, HostCalls host) throws InterruptedException {
      return new RunResult.Succeeded(request.context(), Usage.none());
    }

    @Override
    public void cancel(String runId) {}

    @Override
    public List<SourceProblem> check(Script script) {
      return script.source().contains("syntax error")
          ? List.of(new SourceProblem(script.name(), "unexpected token", 1, 2))
          : List.of();
    }

    @Override
    public RunnerStatus status() {
      throw new UnsupportedOperationException("these tests never ask");
    }

    @Override
    public void close() {}
  }
}
