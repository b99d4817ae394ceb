package io.oarlock.http;

import io.oarlock.engine.Call;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.model.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came, whole and within its bounds, before anybody thought about it.
 *
 * @param rawPath as in the request line
 * @param arguments the variable parts of the path, decoded
 * @param headers not changed any more
 * @param body unfolded
 */
record ApiRequest(
    HttpMethod method,
    String rawPath,
    List<String> arguments,
    @Nullable String rawQuery,
    Query query,
    MultiMap headers,
    Buffer body,
    Call.Origin origin) {

  /** Longest {@code Idempotency-Key}; leaves room for the place of a write in a batch. */
  static final int IDEMPOTENCY_KEY_MAX = 250;

  String argument(int index) {
    return arguments.get(index);
  }

  Optional<String> header(CharSequence name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether the caller has no use for what was written. */
  boolean wantsMinimal() {
    return header("Prefer").filter(prefer -> prefer.contains("return=minimal")).isPresent();
  }

  /** The namespace named by the header or the parameter. */
  Optional<NamespacePath> namespace() {
    var header = header("X-Namespace");
    var parameter = query.text("namespace");
    if (header.isPresent() && parameter.isPresent() && !header.equals(parameter)) {
      throw Query.refusal(
          "two-namespaces", "namespace", "and the header X-Namespace differ; give one of them");
    }
    return header.or(() -> parameter).map(ApiRequest::path);
  }

  static NamespacePath path(String text) {
    try {
      return NamespacePath.of(text);
    } catch (IllegalArgumentException e) {
      throw Query.refusal("not-a-namespace", "namespace", "cannot be read: " + e.getMessage());
    }
  }

  /** The body as JSON of any kind. */
  @Nullable Object json() {
    try {
      return Json.parse(body.getBytes());
    } catch (JsonException e) {
      throw malformedJson(e);
    }
  }

  /** The body as a JSON object. */
  Map<String, Object> object() {
    try {
      return Json.parseObject(body.getBytes());
    } catch (JsonException e) {
      throw malformedJson(e);
    }
  }

  static Problem malformedJson(JsonException e) {
    var detail = String.valueOf(e.getMessage());
    return new Problem(
        Problem.Kind.MALFORMED,
        "malformed-json",
        "The body is not the JSON this platform reads",
        detail,
        List.of(Violation.of("malformed-json", detail, "")));
  }

  /** The key under which a repeat of this request is recognised. */
  Optional<String> idempotencyKey() {
    var key = header("Idempotency-Key");
    key.ifPresent(ApiRequest::checkKey);
    return key;
  }

  private static void checkKey(String key) {
    if (key.isEmpty() || key.length() > IDEMPOTENCY_KEY_MAX || !printable(key)) {
      throw Problem.malformed(
          "Idempotency-Key has 1 to " + IDEMPOTENCY_KEY_MAX + " printable ASCII characters");
    }
  }

  private static boolean printable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /** The version the caller saw, from {@code If-Match}; {@code *} is any. */
  Optional<Long> ifMatch() {
    return header("If-Match").filter(tag -> !tag.equals("*")).map(ETag::version);
  }
}
