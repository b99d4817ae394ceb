package io.oarlock.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values in tree form. */
final class Trees {
  private Trees() {}

  /** The map as an object of a tree, whose keys are always text. */
  @SuppressWarnings("unchecked") // trees have no other maps
  static Map<String, Object> object(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  /** A copy that shares nothing that can change. */
  static Object copy(Object value) {
    return switch (value) {
      case Map<?, ?> map -> copy(object(map));
      case List<?> list -> {
        var copy = new ArrayList<Object>(list.size());
        for (var element : list) {
          copy.add(copyOrNull(element));
        }
        yield copy;
      }
      default -> value;
    };
  }

  static Map<String, Object> copy(Map<String, Object> map) {
    var copy = LinkedHashMap.<String, Object>newLinkedHashMap(map.size());
    map.forEach((name, value) -> copy.put(name, copyOrNull(value)));
    return copy;
  }

  /** Free-form values ({@link ValueType.Anything}) may hold null. */
  @SuppressWarnings("NullAway") // a tree's own type says nothing of the nulls in free-form values
  private static Object copyOrNull(@Nullable Object value) {
    return value == null ? null : copy(value);
  }

  /** Whether two trees say the same; 1 and 1.0 do, the order of members does not matter. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      return a.equals(b) || (x.doubleValue() == y.doubleValue() && x.longValue() == y.longValue());
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      return sameElements(x, y);
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.keySet().stream().allMatch(key -> same(x.get(key), y.get(key)));
    }
    return Objects.equals(a, b);
  }

  private static boolean sameElements(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (var i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What a JSON reader would call the value. */
  static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "text";
      case Boolean _ -> "a boolean";
      case Number _ -> "a number";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      default -> value.getClass().getSimpleName();
    };
  }
}
