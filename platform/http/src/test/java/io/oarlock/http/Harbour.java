package io.oarlock.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.oarlock.engine.Platform;
import io.oarlock.json.Json;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A real server on a free port of this machine, and ways to talk to it. */
class Harbour implements AutoCloseable {
  final HarbourPlatform platform = new HarbourPlatform();
  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ApiServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Harbour() throws TimeoutException {
    this(quick());
  }

  Harbour(HttpConfig config) throws TimeoutException {
    this(config, Optional.empty());
  }

  /** With the real platform in place of the one in memory. */
  Harbour(HttpConfig config, Optional<Platform> real) throws TimeoutException {
    server =
        ApiServer.start(vertx, config, real.orElse(platform), registry).await(60, TimeUnit.SECONDS);
  }

  /** Bounds in time short enough to run into. */
  static HttpConfig quick() {
    var plain = HttpConfig.plain(0);
    var brief = Duration.ofMillis(400);
    return new HttpConfig(
        plain.host(),
        plain.port(),
        plain.tls(),
        plain.publicUrl(),
        plain.socket(),
        plain.origins(),
        2,
        plain.sizes(),
        new HttpConfig.Times(
            Duration.ofSeconds(20), brief, Duration.ofSeconds(5), Duration.ofSeconds(2), brief),
        plain.load(),
        plain.rates(),
        new HttpConfig.Push(
            3,
            100,
            brief,
            Duration.ofMillis(100),
            brief,
            Duration.ofMillis(200),
            plain.push().messageMax()));
  }

  int port() {
    return server.actualPort();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  URI socketUri(String path) {
    return URI.create("ws://127.0.0.1:" + port() + path);
  }

  /** The value of a gauge or counter without labels. */
  double metric(String name) {
    return registry
        .scrape()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /** Waits until it is so; fails when it does not become so. */
  void await(BooleanSupplier condition) throws TimeoutException {
    var checked = Promise.<Void>promise();
    vertx.setPeriodic(
        20,
        id -> {
          if (condition.getAsBoolean() && vertx.cancelTimer(id)) {
            checked.tryComplete();
          }
        });
    checked.future().await(60, TimeUnit.SECONDS);
  }

  void closeServer() throws TimeoutException {
    server.close().await(60, TimeUnit.SECONDS);
  }

  HttpClient client() {
    return client;
  }

  /** A request with a good token, to be made different. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + HarbourPlatform.TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> write(String method, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  /** Sends bytes as they are and returns all that comes until the server closes. */
  String raw(String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Map<String, Object> object(HttpResponse<String> response) {
    return Json.parseObject(response.body());
  }

  @Override
  public void close() throws TimeoutException {
    client.shutdownNow();
    closeServer();
    vertx.close().await(60, TimeUnit.SECONDS);
  }
}
