package io.oarlock.forward.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.json.Json;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against receivers on a socket that are as strict as the protocols say. */
class HttpSinksTest {
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Answer answer = (_, _) -> new Reply(200, "");

  private record Reply(int status, String body) {}

  private interface Answer {
    Reply to(HttpExchange exchange, String body);
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var reply = answer.to(exchange, body);
    bodies.add(body);
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Sink sink(String kind, Map<String, Object> more) {
    var tree = new HashMap<String, Object>(more);
    tree.put("kind", kind);
    tree.put("url", "http://127.0.0.1:" + server.getAddress().getPort());
    return new HttpSinks().open(new SinkSettings(kind, tree), new Direct());
  }

  private static List<Outgoing> batch(int count) {
    return IntStream.range(0, count).mapToObj(HttpSinksTest::outgoing).toList();
  }

  private static Outgoing outgoing(int number) {
    var object = Map.<String, Object>of("name", "é" + number, "ports", List.of(1L, 2.5, true));
    return new Outgoing(
        "event-" + number,
        number,
        Instant.parse("2026-11-21T23:50:00.123Z"),
        "externalnetwork",
        "Create",
        "/acme",
        "id-" + number,
        object,
        Map.of("object", object));
  }

  @Test
  void cloudEventsArriveAsABatch() throws Exception {
    answer =
        (exchange, _) ->
            exchange
                        .getRequestHeaders()
                        .getFirst("Content-Type")
                        .startsWith("application/cloudevents-batch+json")
                    && "Bearer secret-of-token"
                        .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? new Reply(202, "")
                : new Reply(415, "");
    sink("Http", Map.of("secret", "token")).send(batch(2));

    assertThat(Json.parse(bodies.getFirst()) instanceof List<?> events ? events : List.of())
        .hasSize(2);
    assertThat(bodies.getFirst())
        .startsWith("[{\"specversion\":\"1.0\",\"id\":\"event-0\"")
        .contains("\"source\":\"https://oarlock.test/v1/eventforwarders/f\"")
        .contains("\"type\":\"io.oarlock.event.externalnetwork.create\"")
        .contains("\"name\":\"é1\"");
  }

  @Test
  void aStatusSaysWhetherItIsWorthTryingAgain() {
    for (var status : List.of(400, 413, 422)) {
      answer = (_, _) -> new Reply(status, "no");
      assertThatThrownBy(() -> sink("Http", Map.of()).send(batch(1)))
          .isInstanceOfSatisfying(
              SinkException.class, e -> assertThat(e.isRefused()).as("" + status).isTrue());
    }
    answer =
        (exchange, _) -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          return new Reply(503, "later");
        };
    assertThatThrownBy(() -> sink("Http", Map.of()).send(batch(1)))
        .isInstanceOfSatisfying(
            SinkException.class,
            e -> {
              assertThat(e.isRefused()).isFalse();
              assertThat(e.askedWait()).contains(Duration.ofSeconds(7));
            });
  }

  /** A collector that indexes only what is asked for on the channel it came on. */
  @Test
  void aBatchCountsWhenTheIndexersAcknowledgeIt() throws Exception {
    var asked = new ArrayList<String>();
    var channels = new TreeMap<String, Integer>();
    answer =
        (exchange, body) -> {
          var channel = exchange.getRequestHeaders().getFirst("X-Splunk-Request-Channel");
          if (!"Splunk secret-of-hec".equals(exchange.getRequestHeaders().getFirst("Authorization"))
              || channel == null) {
            return new Reply(401, "{\"text\":\"Invalid authorization\",\"code\":3}");
          }
          var path = exchange.getRequestURI().getPath();
          if (path.equals("/services/collector/event")) {
            var id = channels.merge(channel, 1, Integer::sum) - 1;
            return new Reply(200, "{\"text\":\"Success\",\"code\":0,\"ackId\":" + id + "}");
          }
          assertThat(exchange.getRequestURI().getQuery()).isEqualTo("channel=" + channel);
          asked.add(body);
          return new Reply(200, "{\"acks\":{\"0\":" + (asked.size() > 2) + "}}");
        };
    sink("SplunkHec", Map.of("secret", "hec", "acknowledge", true, "index", "main")).send(batch(3));

    assertThat(asked).hasSize(3).containsOnly("{\"acks\":[0]}");
    assertThat(bodies.getFirst())
        .contains("\"time\":\"1795305000.123\"")
        .contains("\"index\":\"main\"")
        .contains("\"event_id\":\"event-2\"");
  }

  @Test
  void anIndexThatIsNotThereIsPutRightByPeopleAndBadDataIsNot() {
    answer = (_, _) -> new Reply(400, "{\"text\":\"Incorrect index\",\"code\":7}");
    assertThatThrownBy(() -> sink("SplunkHec", Map.of("secret", "hec")).send(batch(1)))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isRefused()).isFalse());
    answer = (_, _) -> new Reply(400, "{\"text\":\"Invalid data format\",\"code\":6}");
    assertThatThrownBy(() -> sink("SplunkHec", Map.of("secret", "hec")).send(batch(1)))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isRefused()).isTrue());
  }

  @Test
  void aDocumentThatIsThereAlreadyIsNoFailure() throws Exception {
    answer = (_, body) -> bulk(body, "{\"create\":{\"status\":409}}");
    sink("Elastic", Map.of("index", "events")).send(batch(2));
    assertThat(bodies.getFirst().lines()).hasSize(4);
    assertThat(bodies.getFirst().lines().findFirst().orElseThrow())
        .contains("{\"create\":{", "\"_index\":\"events\"", "\"_id\":\"event-0\"");

    answer =
        (_, body) -> bulk(body, "{\"create\":{\"status\":400,\"error\":{\"reason\":\"mapping\"}}}");
    assertThatThrownBy(() -> sink("Elastic", Map.of("index", "events")).send(batch(2)))
        .hasMessageContaining("mapping")
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isRefused()).isTrue());
    answer = (_, body) -> bulk(body, "{\"create\":{\"status\":429}}");
    assertThatThrownBy(() -> sink("Elastic", Map.of("index", "events")).send(batch(2)))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isRefused()).isFalse());
  }

  /** Reads NDJSON as _bulk does: an action, then its source, each ended by a newline. */
  private static Reply bulk(String body, String last) {
    var lines = body.lines().toList();
    if (!body.endsWith("\n") || lines.size() % 2 != 0) {
      return new Reply(400, "The bulk request must be terminated by a newline [\\n]");
    }
    var items = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i += 2) {
      Json.parseObject(lines.get(i).getBytes(StandardCharsets.UTF_8));
      Json.parseObject(lines.get(i + 1).getBytes(StandardCharsets.UTF_8));
      items.add(i + 2 < lines.size() ? "{\"create\":{\"status\":201}}" : last);
    }
    return new Reply(200, "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}");
  }

  @Test
  void logRecordsAreThoseOfOtlp() throws Exception {
    answer = (_, _) -> new Reply(200, "{}");
    sink("Otlp", Map.of()).send(batch(1));
    assertThat(bodies.getFirst())
        .contains("\"timeUnixNano\":\"1795305000123000000\"")
        .contains("\"eventName\":\"oarlock.externalnetwork.create\"")
        .contains("{\"doubleValue\":2.5}")
        .contains("{\"intValue\":\"1\"}");

    answer =
        (_, _) ->
            new Reply(
                200,
                "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"too old\"}}");
    assertThatThrownBy(() -> sink("Otlp", Map.of()).send(batch(1))).hasMessageContaining("too old");
  }

  /** The world outside without a guard. */
  private static final class Direct implements SinkContext {
    @Override
    public String source() {
      return "https://oarlock.test/v1/eventforwarders/f";
    }

    @Override
    public String namespace() {
      return "/acme";
    }

    @Override
    public HttpReply http(HttpRequest request) throws SinkException {
      try (var client = HttpClient.newHttpClient()) {
        var asked =
            java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method(), BodyPublishers.ofString(request.body()));
        request.headers().forEach(asked::header);
        var reply = client.send(asked.build(), BodyHandlers.ofString());
        var headers = new TreeMap<String, String>();
        reply.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new HttpReply(reply.statusCode(), headers, reply.body());
      } catch (IOException | InterruptedException e) {
        throw SinkException.later(e.toString());
      }
    }

    @Override
    public Socket connect(String host, int port, boolean tls) {
      throw new UnsupportedOperationException("these sinks speak HTTP");
    }

    @Override
    public SSLSocketFactory tls() {
      throw new UnsupportedOperationException("these sinks speak HTTP");
    }

    @Override
    public String secret(String name, String host) {
      assertThat(host).isEqualTo("127.0.0.1");
      return "secret-of-" + name;
    }
  }
}
