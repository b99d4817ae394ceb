package io.oarlock.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Query parameters of a request, in the order they were given. */
final class Query {
  private final Map<String, String> parameters = new LinkedHashMap<>();

  Query with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  Query with(String name, Optional<String> value) {
    value.ifPresent(v -> parameters.put(name, v));
    return this;
  }

  Query with(String name, boolean flag) {
    if (flag) {
      parameters.put(name, "true");
    }
    return this;
  }

  /** With the question mark in front; empty for no parameters. */
  String text() {
    return parameters.isEmpty()
        ? ""
        : parameters.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** One segment of a path. */
  static String segment(String text) {
    return encoded(text).replace("%3A", ":");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
