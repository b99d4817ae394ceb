package io.oarlock.enforcer.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading values out of JSON trees; what has another shape reads as absent. */
final class Tree {
  private Tree() {}

  static Optional<String> text(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static String required(Map<String, Object> tree, String name) {
    return text(tree, name)
        .orElseThrow(() -> new AgentException("What was read has no \"" + name + "\""));
  }

  static long number(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof Number number ? number.longValue() : 0;
  }

  static List<String> texts(@Nullable Object value) {
    var texts = new ArrayList<String>();
    if (value instanceof List<?> list) {
      list.forEach(each -> {
        if (each instanceof String text) {
          texts.add(text);
        }
      });
    }
    return texts;
  }

  static List<Map<String, Object>> objects(@Nullable Object value) {
    var objects = new ArrayList<Map<String, Object>>();
    if (value instanceof List<?> list) {
      list.forEach(each -> objects.add(object(each)));
    }
    return objects;
  }

  @SuppressWarnings("unchecked") // trees have text keys
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
