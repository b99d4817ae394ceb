package io.oarlock.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request below {@code /v1/}.
 *
 * @param path its parts encoded
 * @param query what is empty or false is left out
 * @param body a tree; null for none
 * @param isRepeatable whether sending it twice does no more than sending it once
 */
record Request(
    String method,
    String path,
    Map<String, Object> query,
    Map<String, String> headers,
    @Nullable Object body,
    boolean isRepeatable) {

  static Request of(String method, String path) {
    return new Request(method, path, Map.of(), Map.of(), null, false);
  }

  Request query(Map<String, Object> parameters) {
    return new Request(method, path, parameters, headers, body, isRepeatable);
  }

  Request header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, path, query, more, body, isRepeatable);
  }

  Request body(@Nullable Object tree) {
    return new Request(method, path, query, headers, tree, isRepeatable);
  }

  Request repeatable(boolean now) {
    return new Request(method, path, query, headers, body, now);
  }

  /** Path and query as they stand in a URL. */
  String target() {
    var text =
        query.entrySet().stream()
            .map(each -> Map.entry(each.getKey(), shown(each.getValue())))
            .filter(each -> !each.getValue().isEmpty() && !each.getValue().equals("false"))
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return text.isEmpty() ? path : path + "?" + text;
  }

  private static String shown(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  /** In a path a plus is a plus, in a query it may be a space: neither is left as it is. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
