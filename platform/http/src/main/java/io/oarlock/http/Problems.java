package io.oarlock.http;

import io.oarlock.json.Json;
import io.oarlock.model.Problem;
import io.oarlock.model.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one place where refusals become problem documents (RFC 9457). */
final class Problems {
  static final String TYPE_PREFIX = "https://oarlock.io/problems/";

  private Problems() {}

  static Reply.Full reply(Problem problem, String requestId) {
    var body = Json.write(tree(problem, requestId));
    var reply = Reply.bytes(problem.kind().status(), MediaTypes.PROBLEM, body);
    return switch (problem.kind()) {
      case UNAUTHENTICATED ->
          reply.with("WWW-Authenticate", "Bearer realm=\"oarlock\", error=\"invalid_token\"");
      case TOO_MANY, UNAVAILABLE -> reply.with("Retry-After", "1");
      case MALFORMED,
          FORBIDDEN,
          NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          TIMED_OUT,
          CONFLICT,
          STALE,
          TOO_LARGE,
          URL_TOO_LONG,
          UNSUPPORTED_MEDIA_TYPE,
          INVALID,
          HEADERS_TOO_LARGE,
          INTERNAL,
          OUT_OF_SPACE ->
          reply;
    };
  }

  static Map<String, Object> tree(Problem problem, String requestId) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("type", TYPE_PREFIX + problem.code());
    tree.put("code", problem.code());
    tree.put("title", problem.title());
    tree.put("status", (long) problem.kind().status());
    tree.put("detail", problem.detail());
    tree.put("instance", requestId);
    tree.put("errors", problem.violations().stream().map(Problems::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Violation violation) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("code", violation.code());
    tree.put("detail", violation.detail());
    if (!violation.pointer().isEmpty()) {
      tree.put("pointer", violation.pointer());
      tree.put("attribute", violation.attribute());
    }
    violation.hint().ifPresent(hint -> tree.put("hint", hint));
    return tree;
  }

  /** A fault of ours: the caller gets the request id to name it by, and nothing else. */
  static Problem internal(String requestId) {
    return new Problem(
        Problem.Kind.INTERNAL,
        "internal",
        "The platform failed",
        "This is a fault of the platform, not of the request. Its log has the cause under request "
            + requestId,
        List.of());
  }
}
