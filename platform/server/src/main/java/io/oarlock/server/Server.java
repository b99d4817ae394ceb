package io.oarlock.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.oarlock.automations.worker.WorkerPool;
import io.oarlock.automations.worker.WorkerPoolConfig;
import io.oarlock.engine.Engine;
import io.oarlock.engine.EngineConfig;
import io.oarlock.engine.Parts;
import io.oarlock.http.ApiServer;
import io.oarlock.http.HttpConfig;
import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import io.oarlock.schedule.QuartzCrons;
import io.oarlock.schedule.Scheduler;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.mongo.MongoStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The whole platform in one process: every part is made here, and closed in reverse. */
final class Server {
  private static final long START_SECONDS_MAX = 60;
  private static final String NODE = "node-1";
  private static final Logger LOG = System.getLogger(Server.class.getName());

  /** Something that was made and is closed. */
  private interface Part {
    void close() throws Exception;
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  private final URI url;

  private Server(URI url) {
    this.url = url;
  }

  URI url() {
    return url;
  }

  static Server start(Home home, UpOptions options) throws Exception {
    var port = port(options);
    var scheme = options.plain() ? "http" : "https";
    var name = options.host().equals("127.0.0.1") ? "localhost" : options.host();
    var server = new Server(URI.create(scheme + "://" + name + ":" + port));
    try {
      server.build(home, options, port);
      return server;
    } catch (Exception | Error e) {
      server.close();
      throw e;
    }
  }

  private void build(Home home, UpOptions options, int port) throws Exception {
    var keys = new Keys(home);
    var authority = keys.authority();
    var model = ModelReader.load(ResourceTypes.all());
    var store = store(home, options, Engine.storeModel(model));
    var vertx = Vertx.vertx();
    alsoClose(() -> await(vertx.close()));
    var crons = new QuartzCrons();
    var clock = Clock.systemUTC();
    var workers =
        own(
            new WorkerPool(
                WorkerPoolConfig.defaults(
                    classPath(), home.run().resolve("workers"), home.cache().resolve("workers"))));
    var engine =
        own(
            new Engine(
                new Parts(model, store, vertx, workers, crons, authority, clock),
                new EngineConfig(
                    NODE, url, keys.vault(), keys.adminPassword(), EngineConfig.EVENT_RETENTION)));
    engine.start();
    own(new Scheduler(engine.scheduled(), store.leases(), crons, clock, NODE)).start();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    engine
        .gauges()
        .forEach(
            (name, value) -> Gauge.builder(name, value).strongReference(true).register(registry));
    var config = http(options, port, keys).withPublicUrl(url.toString());
    var http = await(ApiServer.start(vertx, config, engine, registry));
    alsoClose(() -> await(http.close()));
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part::close);
    return part;
  }

  private void alsoClose(Part part) {
    parts.push(part);
  }

  private ResourceStore store(Home home, UpOptions options, ResourceModel model)
      throws IOException {
    if (options.store().isPresent()) {
      return own(MongoStore.open(options.store().get(), model));
    }
    var store = own(EmbeddedStore.open(options.data().orElseGet(home::data), model));
    if (ControlSocket.fits(home.controlSocket())) {
      own(new ControlSocket(home.controlSocket(), store::backup));
    } else {
      LOG.log(
          Logger.Level.WARNING,
          "{0} is too long a path for a socket: backups are possible only of a shorter OARLOCK_HOME",
          home.controlSocket());
    }
    return store;
  }

  private static HttpConfig http(UpOptions options, int port, Keys keys) throws IOException {
    return options.plain()
        ? HttpConfig.plain(port)
        : HttpConfig.secure(options.host(), port, Keys.server(keys.authority()));
  }

  /** A port that can be had: workers and tokens are told the address before anybody listens. */
  private static int port(UpOptions options) throws IOException {
    try (var socket = new ServerSocket(options.port(), 1, InetAddress.ofLiteral(options.host()))) {
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      throw new UnavailableException(
          "Port "
              + options.port()
              + " is in use on "
              + options.host()
              + ". Stop what uses it, or choose another: oarlock up --port 9443 (0 for a free one)");
    }
  }

  private static List<Path> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new UnavailableException("A part did not answer in " + START_SECONDS_MAX + " s");
    }
  }

  /** Closes all parts, the last made first. */
  void close() throws Exception {
    for (var part = parts.poll(); part != null; part = parts.poll()) {
      part.close();
    }
  }
}
