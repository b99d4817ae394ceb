package io.oarlock.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON value, within a size and a depth. */
record AnythingRule(int maxBytes) implements Rule {
  /** Deepest nesting of a free-form value. */
  static final int DEPTH_MAX = 32;

  @Override
  public void check(Object value, @Nullable Object stored, Findings findings) {
    if (isTooDeep(value, 0)) {
      findings.add("too-deep", "is nested deeper than " + DEPTH_MAX + " levels");
    } else if (!isTree(value)) {
      findings.wrongType("a JSON value", value);
    } else {
      var bytes = JsonSize.of(value);
      if (bytes > maxBytes) {
        findings.add(
            "too-long", "has " + bytes + " bytes of JSON; at most " + maxBytes + " are allowed");
      }
    }
  }

  private static boolean isTooDeep(@Nullable Object value, int depth) {
    if (depth > DEPTH_MAX) {
      return true;
    }
    return switch (value) {
      case Map<?, ?> map -> map.values().stream().anyMatch(each -> isTooDeep(each, depth + 1));
      case List<?> list -> list.stream().anyMatch(each -> isTooDeep(each, depth + 1));
      case null, default -> false;
    };
  }

  private static boolean isTree(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map ->
          map.keySet().stream().allMatch(String.class::isInstance)
              && map.values().stream().allMatch(AnythingRule::isTree);
      case List<?> list -> list.stream().allMatch(AnythingRule::isTree);
      case Double number -> Double.isFinite(number);
      case String _, Boolean _, Long _, Integer _ -> true;
      default -> false;
    };
  }

  @Override
  public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
    return Trees.copy(value);
  }
}
