package io.oarlock.engine;

import io.oarlock.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A server on loopback that keeps what it is sent and answers as the test says. */
final class Receiver implements AutoCloseable {
  /** A request as it arrived. */
  record Message(String path, Map<String, String> headers, String body) {
    Map<String, Object> data() {
      return Trees.object(Json.parseObject(body).get("data"));
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final CertificateAuthority authority =
      CertificateAuthority.make("receivers", Duration.ofDays(1), Instant.now());
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final boolean tls;
  final List<Message> messages = new CopyOnWriteArrayList<>();
  volatile BiConsumer<HttpServerRequest, Message> answer = (request, _) -> reply(request, 200, "");

  Receiver(boolean tls) {
    this(tls, false);
  }

  /**
   * A receiver.
   *
   * @param strict asks callers for a certificate of its own authority
   */
  Receiver(boolean tls, boolean strict) {
    this.tls = tls;
    var options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    if (tls) {
      var pair =
          authority.server(
              List.of("receiver.test"), List.of("127.0.0.1"), Duration.ofHours(1), Instant.now());
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertValue(Buffer.buffer(pair.certificate()))
                  .addKeyValue(Buffer.buffer(pair.key())));
    }
    if (strict) {
      var pem = authority.toPem().certificate();
      options
          .setClientAuth(ClientAuth.REQUIRED)
          .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem)));
    }
    this.server =
        vertx
            .createHttpServer(options)
            .requestHandler(request ->
                request.bodyHandler(body -> {
                  var headers = new TreeMap<String, String>();
                  request
                      .headers()
                      .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
                  var message = new Message(request.uri(), headers, body.toString());
                  messages.add(message);
                  answer.accept(request, message);
                }))
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** As new. */
  void forget() {
    answer = (request, _) -> reply(request, 200, "");
    messages.clear();
  }

  static void reply(HttpServerRequest request, int status, String body) {
    request.response().setStatusCode(status).end(body);
  }

  void answers(int status, String body) {
    answer = (request, _) -> reply(request, status, body);
  }

  /** Answers with a byte now and then, for ever. */
  void drips() {
    answer =
        (request, _) -> {
          var response = request.response().setChunked(true);
          vertx.setPeriodic(
              20,
              timer -> {
                if (response.closed()) {
                  vertx.cancelTimer(timer);
                } else {
                  response.write(" ");
                }
              });
        };
  }

  int port() {
    return server.actualPort();
  }

  String url(String path) {
    return (tls ? "https" : "http") + "://127.0.0.1:" + port() + path;
  }

  /** Waits until that many messages came. */
  void await(int count) {
    Waiting.until(() -> messages.size() >= count, count + " messages, got " + messages.size());
  }

  /** A certificate that a strict one takes. */
  CertificateAuthority.Pair client() {
    return authority.client("hook", "oarlock", Duration.ofHours(1), Instant.now());
  }

  /** The certificate authority to trust, PEM. */
  String authorities() {
    return authority.toPem().certificate();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
