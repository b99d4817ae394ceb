package io.oarlock.client;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading the trees that JSON becomes. */
final class Trees {
  private Trees() {}

  static @Nullable Object parsed(String json) {
    try {
      return Json.parse(json);
    } catch (JsonException e) {
      throw new ConnectionException("The answer is not JSON: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked") // trees have no other maps
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new ConnectionException("The answer is not the JSON object it should be", null);
  }

  @SuppressWarnings("unchecked") // trees have no other lists
  static List<Object> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new ConnectionException("The answer is not the JSON array it should be", null);
  }

  static Optional<String> text(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static long number(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
