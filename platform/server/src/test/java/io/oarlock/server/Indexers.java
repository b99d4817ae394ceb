package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * An HTTP event collector whose token has indexer acknowledgement, as Splunk documents it: each
 * message gets a number on the channel it came on, and whoever asks there with that number is told
 * whether the message is indexed by now.
 */
final class Indexers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServer server;
  private final String token;
  private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile String channel = "";

  /** Whether they index what they take. */
  volatile boolean work;

  /** How often somebody has asked whether a message is indexed. */
  final AtomicInteger asked = new AtomicInteger();

  Indexers(String token) throws IOException {
    this.token = token;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/services/collector/event", exchange -> reply(exchange, take(exchange)));
    server.createContext("/services/collector/ack", exchange -> reply(exchange, tell(exchange)));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Map<String, Object> take(HttpExchange exchange) throws IOException {
    channel = header(exchange, "X-Splunk-Request-Channel");
    taken.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    return Map.of("text", "Success", "code", 0, "ackId", numbers.incrementAndGet());
  }

  private Map<String, Object> tell(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestURI().getQuery()).isEqualTo("channel=" + channel);
    var question = Json.parseObject(exchange.getRequestBody().readAllBytes());
    asked.incrementAndGet();
    var numbersAsked = (List<?>) Objects.requireNonNull(question.get("acks"));
    return Map.of(
        "acks",
        numbersAsked.stream()
            .filter(number -> number instanceof Long known && known <= numbers.get())
            .collect(Collectors.toMap(String::valueOf, _ -> work)));
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  private void reply(HttpExchange exchange, Map<String, Object> answer) throws IOException {
    var knows = header(exchange, "Authorization").equals("Splunk " + token);
    var bytes = Json.write(knows ? answer : Map.of("text", "Invalid token", "code", 4));
    exchange.sendResponseHeaders(knows ? 200 : 403, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The body of the message that came next. */
  String next() throws InterruptedException {
    var text = taken.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(text).as("nothing was posted").isNotNull();
    return text;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
