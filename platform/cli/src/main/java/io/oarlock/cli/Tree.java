package io.oarlock.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looking into values in tree form. */
final class Tree {
  private Tree() {}

  static Optional<String> text(Map<String, Object> map, String member) {
    return Optional.ofNullable(map.get(member)).map(Object::toString);
  }

  @SuppressWarnings("unchecked") // trees have text keys only
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked") // trees have text keys only
  static List<Map<String, Object>> maps(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
  }

  /** The value at a dotted path; null when there is none. */
  static @Nullable Object at(@Nullable Object tree, String path) {
    if (tree instanceof Map<?, ?> map && map.containsKey(path)) {
      return map.get(path);
    }
    Object value = tree;
    for (var name : path.split("\\.", -1)) {
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(name);
    }
    return value;
  }
}
