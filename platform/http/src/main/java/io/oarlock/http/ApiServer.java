package io.oarlock.http;

import static io.vertx.core.Future.succeededFuture;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.oarlock.engine.Platform;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The REST and push edge of the platform: {@code start}, {@code actualPort}, {@code close}. */
public final class ApiServer {
  private final Edge edge;
  private final Router router;
  private final Subscribers subscribers;
  private final AtomicBoolean closing;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  private ApiServer(Edge edge, Router router, Subscribers subscribers, AtomicBoolean closing) {
    this.edge = edge;
    this.router = router;
    this.subscribers = subscribers;
    this.closing = closing;
  }

  /** Listens; fails when the address cannot be had. */
  public static Future<ApiServer> start(
      Vertx vertx, HttpConfig config, Platform platform, PrometheusMeterRegistry registry) {
    var closing = new AtomicBoolean();
    var table = new RouteTable(platform.model());
    var resources = new ResourceRoutes(platform, config.sizes());
    platform.model().types().forEach(t -> table.addBranch(t.plural(), resources.branch(t)));
    new ServiceRoutes(platform, registry, closing::get).addTo(table, config.url());
    new DocumentRoutes(platform.model()).addTo(table);
    table.addBranch(BatchRoute.WORD, new BatchRoute(platform).branch(config.sizes().batchMax()));
    table.addBranch(CallRoute.WORD, new CallRoute(platform).branch(config.sizes().bodyMax()));
    var subscribers = new Subscribers(config.push(), registry);
    table.addBranch(EventsRoute.WORD, new EventsRoute(platform, subscribers).branch());
    var capacity = new Capacity(config.load());
    var edge =
        new Edge(
            vertx,
            config,
            new Gate(platform, config.rates()),
            capacity,
            new RequestMetrics(registry, capacity),
            platform.tracing());
    var server = new ApiServer(edge, edge.router(table), subscribers, closing);
    var tcp = options(config);
    return vertx
        .deployVerticle(
            () -> server.listener(tcp, Optional.empty()),
            new DeploymentOptions().setInstances(config.eventLoops()))
        .compose(_ -> config.socket().isPresent() ? server.listenLocally() : succeededFuture())
        .map(server);
  }

  /** One event loop is enough for those on this machine; the file is the lock on the door. */
  private Future<String> listenLocally() {
    var config = edge.config();
    return edge.vertx().deployVerticle(listener(plain(config), config.socket()));
  }

  private Listener listener(HttpServerOptions options, Optional<Path> socket) {
    var server = edge.vertx().createHttpServer(options);
    var listener = new Listener(edge, router, server, socket);
    listeners.add(listener);
    return listener;
  }

  /** The port listened on, also when a free one was asked for. */
  public int actualPort() {
    return listeners.getFirst().port();
  }

  /** Takes no new connections, lets requests under way end, then closes. */
  public Future<Void> close() {
    closing.set(true);
    subscribers.close();
    return Future.join(listeners.stream().map(Listener::close).toList()).mapEmpty();
  }

  /** One event loop's share of the connections. */
  private static final class Listener extends VerticleBase {
    private final Edge edge;
    private final Router router;
    private final HttpServer server;
    private final Optional<Path> socket;
    private final Map<HttpConnection, Long> silent = new HashMap<>();

    Listener(Edge edge, Router router, HttpServer server, Optional<Path> socket) {
      this.edge = edge;
      this.router = router;
      this.server = server;
      this.socket = socket;
    }

    int port() {
      return server.actualPort();
    }

    @Override
    public Future<?> start() {
      server
          .requestHandler(this::received)
          .invalidRequestHandler(this::refuse)
          .connectionHandler(this::connected);
      return socket.isPresent() ? listenAt(socket.get()) : server.listen();
    }

    private Future<?> listenAt(Path path) {
      try {
        Files.deleteIfExists(path); // left by a process that was killed
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
      return server
          .listen(SocketAddress.domainSocketAddress(path.toString()))
          .compose(_ -> ownerOnly(path));
    }

    private static Future<Void> ownerOnly(Path path) {
      try {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        return succeededFuture();
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
    }

    private void refuse(HttpServerRequest request) {
      var problem = Exchange.unreadable(request.decoderResult().cause(), edge.config().sizes());
      request.response().putHeader("Connection", "close");
      new Exchange(edge, request).refuse(problem);
    }

    private void received(HttpServerRequest request) {
      stopWaiting(request.connection());
      router.handle(request);
    }

    /** Whoever connects and sends his request drop by drop is not waited for. */
    private void connected(HttpConnection connection) {
      if (!edge.capacity().connect()) {
        connection.close();
        return;
      }
      var patience = edge.config().times().body().toMillis();
      silent.put(connection, vertx.setTimer(patience, _ -> connection.close()));
      connection.closeHandler(_ -> {
        stopWaiting(connection);
        edge.capacity().disconnect();
      });
    }

    private void stopWaiting(HttpConnection connection) {
      var timer = silent.remove(connection);
      if (timer != null) {
        vertx.cancelTimer(timer);
      }
    }

    Future<Void> close() {
      var patience = edge.config().times().shutdown().toMillis();
      return server.shutdown(patience, TimeUnit.MILLISECONDS).compose(_ -> leave());
    }

    private Future<Void> leave() {
      try {
        if (socket.isPresent()) {
          Files.deleteIfExists(socket.get());
        }
        return succeededFuture();
      } catch (IOException e) {
        return Future.failedFuture(e);
      }
    }
  }

  private static HttpServerOptions options(HttpConfig config) {
    var options = plain(config);
    config.tls().ifPresent(tls -> secure(options, tls));
    return options;
  }

  private static HttpServerOptions plain(HttpConfig config) {
    return new HttpServerOptions()
        .setHost(config.host())
        // All listeners of this deployment share one free port when it is negative.
        .setPort(config.port() == 0 ? -1 : config.port())
        .setMaxInitialLineLength(config.sizes().urlMax())
        .setMaxHeaderSize(config.sizes().headersMax())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) config.times().idle().toMillis())
        .setHttp2ClearTextEnabled(false)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(100)
                .setMaxHeaderListSize(config.sizes().headersMax() + config.sizes().urlMax()))
        // A compression context for each idle subscriber costs more than it saves.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .addWebSocketSubProtocol(EventsRoute.PROTOCOL)
        .setMaxWebSocketFrameSize(config.push().messageMax())
        .setMaxWebSocketMessageSize(config.push().messageMax());
  }

  private static void secure(HttpServerOptions options, HttpConfig.Tls tls) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setKeyCertOptions(KeyCertOptions.wrap(ServerKey.of(tls)));
  }
}
