package io.oarlock.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oarlock.json.Json;
import io.oarlock.model.MergePatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that keeps resources in memory and speaks the shapes of the contract. */
final class Pier implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  static final String TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.c2ln";

  private static final int PAGE = 100;

  private final HttpServer server;
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

  /** What was asked, {@code METHOD /path?query}. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What each next connection to the event stream says before it is cut. */
  final Deque<String> streams = new ConcurrentLinkedDeque<>();

  /** The {@code Last-Event-ID} of each connection to the event stream. */
  final List<String> resumed = new CopyOnWriteArrayList<>();

  private int number;

  Pier() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Puts a resource there without anybody asking. */
  synchronized Map<String, Object> put(String plural, String json) {
    return store(plural, "/", Json.parseObject(json), null);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      var body = exchange.getRequestBody().readAllBytes();
      synchronized (this) {
        route(new Question(exchange, body.length == 0 ? Map.of() : Json.parseObject(body)));
      }
    }
  }

  private record Question(HttpExchange exchange, Map<String, Object> body) {
    String parameter(String name) {
      var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      for (var pair : query.split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        }
      }
      return "";
    }

    String header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    void answer(int status, @Nullable Object tree) throws IOException {
      var bytes = tree == null ? new byte[0] : Json.write(tree);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }

    void refuse(int status, String code, String title, Object... errors) throws IOException {
      answer(
          status,
          Map.of(
              "code",
              code,
              "title",
              title,
              "detail",
              "because of " + code,
              "instance",
              "r-1",
              "errors",
              List.of(errors)));
    }
  }

  private void route(Question question) throws IOException {
    var path = question.exchange().getRequestURI().getRawPath().split("/", -1);
    if (path[2].equals("issue")) {
      issue(question);
    } else if (!question.header("Authorization").equals("Bearer " + TOKEN)) {
      question.refuse(401, "unauthenticated", "Who are you?");
    } else if (path[2].equals("events")) {
      events(question);
    } else if (path.length == 3) {
      all(question, path[2]);
    } else {
      one(question, path[2], URLDecoder.decode(path[3], StandardCharsets.UTF_8));
    }
  }

  private static void issue(Question question) throws IOException {
    if (!PASSWORD.equals(Tree.map(question.body().get("metadata")).get("password"))) {
      question.refuse(401, "wrong-password", "Who are you?");
      return;
    }
    question.answer(
        200, Map.of("token", TOKEN, "claims", Map.of(), "expiresAt", "2126-01-01T00:00:00.000Z"));
  }

  private void events(Question question) throws IOException {
    resumed.add(question.header("Last-Event-ID"));
    var text = Optional.ofNullable(streams.poll()).orElse("");
    question.exchange().getResponseHeaders().add("Content-Type", "text/event-stream");
    question.exchange().sendResponseHeaders(200, 0);
    question.exchange().getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void all(Question question, String plural) throws IOException {
    if (question.exchange().getRequestMethod().equals("POST")) {
      create(question, plural);
      return;
    }
    var found = new ArrayList<Map<String, Object>>();
    resources.forEach((key, resource) -> {
      if (key.startsWith(plural + " ") && question.parameter("q").isEmpty()) {
        found.add(resource);
      }
    });
    var from =
        question.parameter("after").isEmpty() ? 0 : Integer.parseInt(question.parameter("after"));
    var to = Math.min(found.size(), from + PAGE);
    var headers = question.exchange().getResponseHeaders();
    headers.add("X-Count-Total", "" + found.size());
    if (to < found.size()) {
      headers.add("Link", "<" + url() + "/v1/" + plural + "?after=" + to + ">; rel=\"next\"");
    }
    var head = question.exchange().getRequestMethod().equals("HEAD");
    question.answer(200, head ? null : found.subList(from, to));
  }

  private void create(Question question, String plural) throws IOException {
    var name = question.body().get("name");
    if (name == null) {
      question.refuse(
          422,
          "validation",
          "The object is not valid",
          Map.of(
              "code",
              "required",
              "detail",
              "It needs a name.",
              "attribute",
              "name",
              "hint",
              "Add name."));
    } else if (find(plural, "name:" + name).isPresent()) {
      question.refuse(409, "exists", "Conflict");
    } else {
      var dry = question.parameter("dryRun").equals("true");
      var made = new LinkedHashMap<>(question.body());
      question.answer(201, dry ? made : store(plural, question.header("X-Namespace"), made, null));
    }
  }

  private void one(Question question, String plural, String id) throws IOException {
    var found = find(plural, id);
    if (found.isEmpty()) {
      question.refuse(404, "not-found", "Not found");
      return;
    }
    var old = found.get();
    var key = plural + " " + old.get("id");
    switch (question.exchange().getRequestMethod()) {
      case "GET" -> question.answer(200, old);
      case "DELETE" -> {
        resources.remove(key);
        question.answer(204, null);
      }
      case "PATCH" -> change(question, plural, old, MergePatch.apply(old, question.body()));
      default -> change(question, plural, old, question.body());
    }
  }

  private void change(
      Question question, String plural, Map<String, Object> old, Map<String, Object> body)
      throws IOException {
    var expected = question.header("If-Match").replace("\"", "");
    if (!expected.isEmpty() && !expected.equals(String.valueOf(old.get("version")))) {
      question.refuse(412, "stale", "The resource has changed since it was read");
      return;
    }
    if (question.parameter("dryRun").equals("true")) {
      var changed = new LinkedHashMap<>(old);
      changed.keySet().retainAll(List.of("id", "namespace", "createTime", "version"));
      changed.putAll(body);
      question.answer(200, changed);
      return;
    }
    question.answer(200, store(plural, String.valueOf(old.get("namespace")), body, old));
  }

  private Map<String, Object> store(
      String plural,
      String namespace,
      Map<String, Object> body,
      @Nullable Map<String, Object> old) {
    var resource = new LinkedHashMap<>(body);
    resource.put("id", old == null ? "id" + ++number : old.get("id"));
    resource.put("namespace", namespace.isEmpty() ? "/" : namespace);
    resource.put(
        "version", old == null ? 1L : Long.parseLong(String.valueOf(old.get("version"))) + 1);
    resource.put("createTime", Instant.parse("2026-11-21T23:50:00Z").toString());
    resources.put(plural + " " + resource.get("id"), resource);
    return resource;
  }

  private Optional<Map<String, Object>> find(String plural, String id) {
    var byName = id.startsWith("name:");
    var member = byName ? "name" : "id";
    var value = byName ? id.substring(5) : id;
    return resources.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(plural + " "))
        .map(Map.Entry::getValue)
        .filter(resource -> value.equals(resource.get(member)))
        .findFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
