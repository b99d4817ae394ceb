package io.oarlock.http;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.RunnerStatus;
import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import io.oarlock.automations.Usage;
import io.oarlock.engine.CertificateAuthority;
import io.oarlock.engine.Crons;
import io.oarlock.engine.Engine;
import io.oarlock.engine.EngineConfig;
import io.oarlock.engine.Parts;
import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import io.oarlock.store.EmbeddedStore;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A harbour with the real engine behind it; scripts are not run. */
final class RealHarbour extends Harbour {
  static final String PASSWORD = "correct horse battery";

  private final Behind behind;
  private String token = "";

  RealHarbour(Path directory) throws TimeoutException {
    this(Behind.open(directory, List.of()));
  }

  /** With types more than those of the platform. */
  RealHarbour(Path directory, List<Class<? extends Record>> more) throws TimeoutException {
    this(Behind.open(directory, more));
  }

  private RealHarbour(Behind behind) throws TimeoutException {
    super(HttpConfig.plain(0), Optional.of(behind.engine));
    this.behind = behind;
  }

  private record Behind(Vertx vertx, EmbeddedStore store, Engine engine) {
    static Behind open(Path directory, List<Class<? extends Record>> more) {
      var types = new ArrayList<>(ResourceTypes.all());
      types.addAll(more);
      var model = ModelReader.read(types);
      var vertx = Vertx.vertx();
      var store = EmbeddedStore.open(directory, Engine.storeModel(model));
      var authority = CertificateAuthority.make("test", Duration.ofDays(1), Instant.now());
      var engine = new Engine(parts(model, vertx, store, authority), config());
      engine.start();
      return new Behind(vertx, store, engine);
    }

    private static Parts parts(
        ResourceModel model, Vertx vertx, EmbeddedStore store, CertificateAuthority authority) {
      return new Parts(
          model, store, vertx, new NoScripts(), new NoCrons(), authority, Clock.systemUTC());
    }

    private static EngineConfig config() {
      return new EngineConfig(
          "node-1",
          URI.create("http://127.0.0.1"),
          Map.of(1, new byte[32]),
          PASSWORD,
          EngineConfig.EVENT_RETENTION);
    }
  }

  String login(String account, String password) throws Exception {
    var body =
        "{\"realm\":\"Account\",\"metadata\":{\"account\":\""
            + account
            + "\",\"password\":\""
            + password
            + "\"}}";
    var issued =
        send(
            HttpRequest.newBuilder(uri("/v1/issue"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    return String.valueOf(object(issued).get("token"));
  }

  void as(String bearer) {
    token = bearer;
  }

  @Override
  HttpRequest.Builder request(String path) {
    return super.request(path).setHeader("Authorization", "Bearer " + token);
  }

  @Override
  public void close() throws TimeoutException {
    super.close();
    behind.engine.close();
    behind.store.close();
    behind.vertx.close().await(60, TimeUnit.SECONDS);
  }

  private static final class NoCrons implements Crons {
    @Override
    public Optional<String> fault(String cron) {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> next(String cron, ZoneId zone, Instant after) {
      return Optional.empty();
    }
  }

  private static final class NoScripts implements AutomationRunner {
    @Override
    public RunResult run(RunRequest request, HostCalls host) {
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
      return new RunnerStatus("none", List.of(), 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }
}
