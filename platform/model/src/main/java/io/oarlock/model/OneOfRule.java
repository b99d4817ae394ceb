package io.oarlock.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of several objects, told apart by {@code kind}. */
record OneOfRule(Map<String, ObjectRule> variants) implements Rule {
  static final String KIND = "kind";

  @Override
  public void check(Object value, @Nullable Object stored, Findings findings) {
    if (!(value instanceof Map<?, ?> map)) {
      findings.wrongType("an object with a kind", value);
      return;
    }
    var variant = variants.get(map.get(KIND));
    if (variant != null) {
      variant.check(map, counterpart(map, stored), findings);
    } else {
      findings.enter(KIND);
      unknown(map.get(KIND), findings);
      findings.leave();
    }
  }

  private void unknown(@Nullable Object kind, Findings findings) {
    var kinds = String.join(", ", variants.keySet());
    switch (kind) {
      case null -> findings.add("required", "is missing: one of " + kinds + " is needed");
      case String word ->
          findings.add(
              "unknown-kind",
              "is not one of " + kinds,
              Suggest.didYouMean(word, variants.keySet()));
      default -> findings.wrongType("one of " + kinds, kind);
    }
  }

  /** What is stored in the value's place, when it is of the same kind. */
  private static @Nullable Object counterpart(Map<?, ?> value, @Nullable Object stored) {
    return stored instanceof Map<?, ?> before && Objects.equals(value.get(KIND), before.get(KIND))
        ? stored
        : null;
  }

  @Override
  public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
    if (!(value instanceof Map<?, ?> map && map.get(KIND) instanceof String kind)) {
      return value;
    }
    var variant = variants.get(kind);
    if (variant == null) {
      return value;
    }
    var result = new LinkedHashMap<String, Object>();
    result.put(KIND, kind);
    result.putAll(variant.completeObject(map, counterpart(map, stored), mode));
    return result;
  }
}
