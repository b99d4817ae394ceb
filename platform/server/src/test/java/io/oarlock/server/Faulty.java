package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers one request after the other as told, or not at all. */
final class Faulty implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Map<?, ?>> answers = new ArrayDeque<>();

  /** The idempotency key of each request; empty where it had none. */
  final List<Optional<String>> asked = new CopyOnWriteArrayList<>();

  Faulty(List<?> told) throws IOException {
    told.forEach(each -> answers.add((Map<?, ?>) each));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    var answer = Objects.requireNonNullElse(answers.poll(), Map.of("status", 200L));
    if (answer.containsKey("lost")) {
      exchange.close();
      return;
    }
    exchange.getRequestBody().readAllBytes();
    if (answer.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, value) ->
          exchange.getResponseHeaders().set(String.valueOf(name), String.valueOf(value)));
    }
    var status = Math.toIntExact((Long) Objects.requireNonNull(answer.get("status")));
    var body = body(status, answer).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String body(int status, Map<?, ?> answer) {
    if (answer.get("text") instanceof String text) {
      return text;
    }
    if (status < 300) {
      return Json.text(answer.containsKey("body") ? answer.get("body") : Map.of("id", "1"));
    }
    var code = answer.containsKey("code") ? answer.get("code") : "busy";
    return Json.text(Map.of("code", code, "title", "T", "detail", "D", "errors", List.of()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
