package io.oarlock.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.oarlock.engine.CertificateAuthority;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's own HTTPS server, outside the platform, that guards network policies: it refuses those
 * without an owner and notes on the others that nobody has reviewed them yet.
 */
final class HookReceiver implements AutoCloseable {
  /** What it says when it refuses; the platform cannot know these words. */
  static final String WORDS =
      "Every policy here has an owner. Add the tag owner=<your team>, so that we know whom to ask.";

  static final String DEFAULT_TAG = "reviewed=false";

  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final String OWNER = "owner=";
  private static final String REVIEWED = "reviewed=";

  private final CertificateAuthority authority =
      CertificateAuthority.make("Demo receiver CA", VALIDITY, Instant.now());
  private final HttpsServer server;
  private final AtomicInteger verified = new AtomicInteger();
  private final AtomicInteger forged = new AtomicInteger();
  private volatile @Nullable WebhookVerifier verifier;

  HookReceiver() throws IOException {
    var pair =
        authority.server(List.of("localhost"), List.of("127.0.0.1"), VALIDITY, Instant.now());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(Trust.showing(pair.certificate(), pair.key())));
    server.createContext("/guard", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/guard");
  }

  /** Whom callers of this server have to trust. */
  String authorityPem() {
    return authority.toPem().certificate();
  }

  void expectSignaturesOf(String secret) {
    verifier = new WebhookVerifier(secret, Clock.systemUTC());
  }

  int verified() {
    return verified.get();
  }

  int forged() {
    return forged.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var fault = fault(exchange, body);
      if (fault.isPresent()) {
        forged.incrementAndGet();
        reply(exchange, 401, Trees.of("title", "Not signed", "detail", fault.get()));
        return;
      }
      verified.incrementAndGet();
      judge(exchange, Trees.object(Json.parseObject(body).get("data")));
    } catch (JsonException e) {
      reply(exchange, 400, Trees.of("title", "No CloudEvent", "detail", String.valueOf(e)));
    }
  }

  private Optional<String> fault(HttpExchange exchange, byte[] body) {
    var current = verifier;
    return current == null
        ? Optional.of("no secret is known yet")
        : current.fault(
            header(exchange, "webhook-id"),
            header(exchange, "webhook-timestamp"),
            header(exchange, "webhook-signature"),
            body);
  }

  private static String header(HttpExchange exchange, String name) {
    var value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static void judge(HttpExchange exchange, Map<String, Object> data) throws IOException {
    var policy = Trees.object(data.get("input"));
    var tags = new ArrayList<>(Trees.texts(policy.get("associatedTags")));
    if (tags.stream().noneMatch(tag -> tag.startsWith(OWNER))) {
      var error =
          Trees.of(
              "code", "owner-missing", "detail", "No tag owner=", "pointer", "/associatedTags");
      reply(
          exchange, 422, Trees.of("title", "No owner", "detail", WORDS, "errors", List.of(error)));
    } else if (tags.stream().noneMatch(tag -> tag.startsWith(REVIEWED))) {
      tags.add(DEFAULT_TAG);
      policy.put("associatedTags", tags);
      reply(exchange, 200, Trees.of("output", policy));
    } else {
      reply(exchange, 200, Map.of());
    }
  }

  private static void reply(HttpExchange exchange, int status, Map<String, Object> tree)
      throws IOException {
    var bytes = Json.write(tree);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
