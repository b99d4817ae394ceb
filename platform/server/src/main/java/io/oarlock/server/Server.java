package io.oarlock.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.oarlock.automations.RunnerStatus;
import io.oarlock.automations.worker.ConfinementException;
import io.oarlock.automations.worker.WorkerPool;
import io.oarlock.automations.worker.WorkerPoolConfig;
import io.oarlock.engine.CertificateAuthority;
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
import io.oarlock.spi.SinkPlugin;
import io.oarlock.spi.TypePlugin;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.mongo.MongoStore;
import io.oarlock.traces.Traces;
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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
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

  /** How something that was made is closed. */
  private interface Ending<T> {
    void close(T made) throws Exception;
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  private final URI url;
  private final Optional<Path> socket;
  private List<RunnerStatus.Layer> confinement = List.of();

  private Server(URI url, Optional<Path> socket) {
    this.url = url;
    this.socket = socket;
  }

  URI url() {
    return url;
  }

  /** Where commands of this machine find it; empty where the path is too long for a socket. */
  Optional<Path> socket() {
    return socket;
  }

  /** The layers around scripts, those that this host cannot give included. */
  List<RunnerStatus.Layer> confinement() {
    return confinement;
  }

  static Server start(Home home, UpOptions options) throws Exception {
    var port = port(options);
    var scheme = options.plain() ? "http" : "https";
    var name = options.host().equals("127.0.0.1") ? "localhost" : options.host();
    var socket = Optional.of(home.apiSocket()).filter(ControlSocket::fits);
    var server = new Server(URI.create(scheme + "://" + name + ":" + port), socket);
    try {
      server.build(home, options, port);
      return server;
    } catch (Exception | Error e) {
      server.close();
      throw e;
    }
  }

  /**
   * What depends on nothing is made on threads of its own meanwhile: a start is mostly code that
   * runs for the first time, which one thread cannot hurry.
   */
  private void build(Home home, UpOptions options, int port) throws Exception {
    var keys = new Keys(home);
    var tracing = own(Traces.of(System.getenv()));
    var authority = begin(keys::authority);
    var vertx = begin(Vertx::vertx);
    closeWhenMade(vertx, made -> await(made.close()));
    var tls = begin(() -> http(options, port, authority));
    var workers = begin(() -> workers(home, options));
    closeWhenMade(workers, WorkerPool::close);
    var model = ModelReader.load(ResourceTypes.all());
    var store = store(home, options, Engine.storeModel(model));
    var crons = new QuartzCrons();
    var clock = Clock.systemUTC();
    var parts =
        new Parts(
            model,
            store,
            made(vertx),
            made(workers),
            crons,
            made(authority),
            clock,
            tracing,
            sinks(home),
            plugins(TypePlugin.class));
    confinement = parts.runner().status().layers();
    var engine =
        own(
            new Engine(
                parts,
                new EngineConfig(
                    NODE, url, keys.vault(), keys.adminPassword(), EngineConfig.EVENT_RETENTION)));
    engine.start();
    own(new Scheduler(engine.scheduled(), store.leases(), crons, clock, NODE)).start();
    var http = await(ApiServer.start(made(vertx), made(tls), engine, registry(engine)));
    alsoClose(() -> await(http.close()));
    alsoClose(engine::letGo);
  }

  private List<SinkPlugin> sinks(Home home) throws IOException {
    var folders = closeLast(PluginFolders.open(home.plugins()));
    var sinks = new ArrayList<>(plugins(SinkPlugin.class));
    sinks.addAll(folders.load(SinkPlugin.class));
    return sinks;
  }

  private static <P> List<P> plugins(Class<P> kind) {
    return ServiceLoader.load(kind).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static <T> FutureTask<T> begin(Callable<T> work) {
    var task = new FutureTask<T>(work);
    Thread.ofPlatform().name("start").daemon().start(task);
    return task;
  }

  private static <T> T made(Future<T> begun) throws Exception {
    try {
      return begun.get(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private <T> void closeWhenMade(Future<T> begun, Ending<T> ending) {
    parts.push(() -> {
      if (wasMade(begun)) {
        ending.close(begun.resultNow());
      }
    });
  }

  private static boolean wasMade(Future<?> begun) throws InterruptedException {
    try {
      var _ = begun.get();
      return true;
    } catch (ExecutionException e) {
      return false; // whoever asked for it was told
    }
  }

  private static WorkerPool workers(Home home, UpOptions options) throws IOException {
    var folders =
        WorkerPoolConfig.defaults(
            classPath(), home.run().resolve("workers"), home.cache().resolve("workers"));
    try {
      return new WorkerPool(folders.withRequireConfinement(options.requireConfinement()));
    } catch (ConfinementException e) {
      throw new UnavailableException(
          e.getMessage() + ". Leave out --require-confinement to run scripts regardless");
    }
  }

  private static PrometheusMeterRegistry registry(Engine engine) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    engine
        .gauges()
        .forEach(
            (name, value) -> Gauge.builder(name, value).strongReference(true).register(registry));
    return registry;
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part::close);
    return part;
  }

  /** For the store, and for the code of plugins: what was begun before may still use it. */
  private <T extends AutoCloseable> T closeLast(T part) {
    parts.addLast(part::close);
    return part;
  }

  private void alsoClose(Part part) {
    parts.push(part);
  }

  private ResourceStore store(Home home, UpOptions options, ResourceModel model)
      throws IOException {
    if (options.store().isPresent()) {
      return closeLast(MongoStore.open(options.store().get(), model));
    }
    var store = closeLast(EmbeddedStore.open(options.data().orElseGet(home::data), model));
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

  private HttpConfig http(UpOptions options, int port, Future<CertificateAuthority> authority)
      throws Exception {
    var config =
        options.plain()
            ? HttpConfig.plain(port)
            : HttpConfig.secure(options.host(), port, Keys.server(made(authority)));
    var known = config.withPublicUrl(url.toString()).withOrigins(options.origins());
    return socket.map(known::withSocket).orElse(known);
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

  private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
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
