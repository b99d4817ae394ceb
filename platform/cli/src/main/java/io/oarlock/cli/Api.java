package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The platform's REST interface, as whoever logged in. Used by one thread. */
final class Api implements AutoCloseable {
  /** Longest answer read into memory. */
  private static final int ANSWER_BYTES_MAX = 256 * 1024 * 1024;

  private final Endpoint endpoint;
  private final Optional<String> token;
  private final Optional<String> namespace;
  private final Consumer<String> trace;
  private final Wire wire;

  /**
   * A client.
   *
   * @param namespace to work in; empty for the token's own
   * @param trace hears each request in a form that curl takes
   */
  Api(
      Endpoint endpoint,
      Optional<String> token,
      Optional<String> namespace,
      Consumer<String> trace) {
    this.endpoint = endpoint;
    this.token = token;
    this.namespace = namespace;
    this.trace = trace;
    this.wire = new Wire(endpoint);
  }

  /** An answer that is no refusal; {@code tree} is null when it has no body. */
  record Reply(int status, Map<String, String> headers, @Nullable Object tree) {
    Map<String, Object> object() {
      return Tree.map(tree);
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /** What is asked. */
  record Ask(
      String method,
      String path,
      Query query,
      Optional<String> namespace,
      Map<String, String> headers,
      @Nullable Object body) {

    static Ask of(String method, String path) {
      return new Ask(method, path, new Query(), Optional.empty(), Map.of(), null);
    }

    Ask query(Query parameters) {
      return new Ask(method, path, parameters, namespace, headers, body);
    }

    Ask in(Optional<String> otherNamespace) {
      return new Ask(method, path, query, otherNamespace, headers, body);
    }

    Ask header(String name, String value) {
      var more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Ask(method, path, query, namespace, more, body);
    }

    Ask body(Object tree) {
      return new Ask(method, path, query, namespace, headers, tree);
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Optional<String> namespace() {
    return namespace;
  }

  Optional<String> token() {
    return token;
  }

  /** Asks and reads the whole answer; a refusal is a {@link Failure}. */
  Reply ask(Ask ask) {
    try {
      var response = open(ask);
      var bytes = response.body().readNBytes(ANSWER_BYTES_MAX);
      return new Reply(response.status(), response.headers(), parsed(bytes));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Asks for a stream, which ends when the caller closes this client or the server does. */
  InputStream stream(Ask ask, int silenceMaxMillis) throws IOException {
    var response = open(ask);
    wire.readTimeout(silenceMaxMillis);
    return response.body();
  }

  private Wire.Response open(Ask ask) throws IOException {
    var request = request(ask);
    trace.accept(curl(request));
    var response = wire.send(request);
    trace.accept("< " + response.status() + " " + response.reason());
    if (response.status() >= 300) {
      throw refused(response);
    }
    return response;
  }

  private Wire.Request request(Ask ask) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept", "application/json");
    headers.put("User-Agent", "oarlock");
    token.ifPresent(value -> headers.put("Authorization", "Bearer " + value));
    ask.namespace().or(() -> namespace).ifPresent(value -> headers.put("X-Namespace", value));
    var body = ask.body() == null ? "" : Json.text(ask.body());
    if (!body.isEmpty()) {
      headers.put(
          "Content-Type",
          ask.method().equals("PATCH") ? "application/merge-patch+json" : "application/json");
    }
    headers.putAll(ask.headers());
    return new Wire.Request(ask.method(), ask.path() + ask.query().text(), headers, body);
  }

  private static Failure refused(Wire.Response response) throws IOException {
    var bytes = response.body().readNBytes(ANSWER_BYTES_MAX);
    Map<String, Object> problem;
    try {
      problem = Tree.map(parsed(bytes));
    } catch (Failure notJson) {
      problem = Map.of();
    }
    return Failure.answered(response.status(), response.reason(), problem);
  }

  private static @Nullable Object parsed(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    try {
      return Json.parse(bytes);
    } catch (JsonException e) {
      throw Failure.of(
          Exit.FAILURE, "The server's answer is not JSON", String.valueOf(e.getMessage()));
    }
  }

  /** No answer came. */
  Failure unreachable(IOException e) {
    return switch (e) {
      case ConnectException c ->
          Failure.of(
              Exit.FAILURE,
              "Cannot reach " + endpoint.url() + ": " + c.getMessage(),
              "Is it running? Start it with: oarlock up");
      case SocketTimeoutException t ->
          Failure.of(Exit.FAILURE, endpoint.url() + " did not answer in time: " + t.getMessage());
      default -> Failure.of(Exit.FAILURE, "Talking to " + endpoint.url() + ": " + e.getMessage());
    };
  }

  private String curl(Wire.Request request) {
    var text = new StringBuilder("> curl -X ").append(request.method());
    request
        .headers()
        .forEach((name, value) ->
            text.append(" -H '")
                .append(name)
                .append(": ")
                .append(name.equals("Authorization") ? "Bearer $OARLOCK_TOKEN" : value)
                .append('\''));
    if (!request.body().isEmpty()) {
      text.append(" -d '").append(shown(request)).append('\'');
    }
    return text.append(" '")
        .append(endpoint.url())
        .append(request.target())
        .append('\'')
        .toString();
  }

  // A proof of who somebody is never stands on a screen.
  private static String shown(Wire.Request request) {
    return request.target().startsWith("/v1/issue") ? "…" : request.body().replace("'", "'\\''");
  }

  @Override
  public void close() {
    wire.close();
  }
}
