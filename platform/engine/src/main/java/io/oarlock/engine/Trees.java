package io.oarlock.engine;

import io.oarlock.model.TagExpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading values out of validated trees; what has another shape reads as absent. */
final class Trees {
  private Trees() {}

  static Optional<String> text(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static String required(Map<String, Object> tree, String name) {
    return text(tree, name)
        .orElseThrow(() -> new IllegalStateException("A stored resource has no " + name));
  }

  static boolean truth(Map<String, Object> tree, String name) {
    return Boolean.TRUE.equals(tree.get(name));
  }

  static long number(Map<String, Object> tree, String name, long otherwise) {
    return tree.get(name) instanceof Number number ? number.longValue() : otherwise;
  }

  static Optional<Instant> instant(Map<String, Object> tree, String name) {
    return text(tree, name).map(Instant::parse);
  }

  static List<String> texts(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      return List.of();
    }
    var texts = new ArrayList<String>(list.size());
    for (var element : list) {
      if (element instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }

  @SuppressWarnings("unchecked") // trees have text keys
  static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  static TagExpression expression(@Nullable Object value) {
    if (!(value instanceof List<?> lines)) {
      return TagExpression.NONE;
    }
    return TagExpression.parse(lines.stream().map(Trees::texts).toList());
  }
}
