package io.oarlock.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch, RFC 7396. */
public final class MergePatch {
  private MergePatch() {}

  /** The target changed by the patch; neither argument is changed. */
  public static Map<String, Object> apply(Map<String, Object> target, Map<String, ?> patch) {
    var result = new LinkedHashMap<>(target);
    for (var change : patch.entrySet()) {
      @Nullable Object value = change.getValue();
      if (value == null) {
        result.remove(change.getKey());
      } else {
        result.put(change.getKey(), merged(result.get(change.getKey()), value));
      }
    }
    return result;
  }

  private static Object merged(@Nullable Object target, Object patch) {
    return patch instanceof Map<?, ?> object
        ? apply(
            target instanceof Map<?, ?> map ? Trees.object(map) : Map.of(), Trees.object(object))
        : patch;
  }
}
