package io.oarlock.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads values out of JSON trees. */
final class Trees {
  private Trees() {}

  static String text(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof String text ? text : "";
  }

  static List<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  static List<Map<String, Object>> objects(@Nullable Object value) {
    return value instanceof List<?> list ? list.stream().map(Trees::object).toList() : List.of();
  }

  static Map<String, Object> object(@Nullable Object value) {
    var tree = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> {
        if (name instanceof String text && member != null) {
          tree.put(text, member);
        }
      });
    }
    return tree;
  }

  /** A tree of names and values in turn. */
  static Map<String, Object> of(Object... namesAndValues) {
    var tree = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return tree;
  }
}
