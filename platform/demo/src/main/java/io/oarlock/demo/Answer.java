package io.oarlock.demo;

import io.oarlock.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the platform answered. */
record Answer(int status, String body, Map<String, List<String>> headers) {

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.body(), response.headers().map());
  }

  Map<String, Object> object() {
    return Json.parseObject(body);
  }

  List<Map<String, Object>> list() {
    return Trees.objects(Json.parse(body));
  }

  String text(String name) {
    return Trees.text(object(), name);
  }

  /** The answer in one line: its status, and what a problem says. */
  String summary() {
    if (!body.startsWith("{")) {
      return Integer.toString(status);
    }
    var tree = object();
    var isProblem = tree.get("code") instanceof String;
    return isProblem
        ? status + " " + tree.get("code") + ": " + detail(tree)
        : Integer.toString(status);
  }

  private static @Nullable Object detail(Map<String, Object> problem) {
    return problem.getOrDefault("detail", problem.get("title"));
  }
}
