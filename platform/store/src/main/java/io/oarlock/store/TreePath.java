package io.oarlock.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an attribute is in a tree: names joined by dots. */
public final class TreePath {
  private TreePath() {}

  /** The scalars at a path, those of lists one by one; empty when there is none. */
  public static List<Object> scalars(Map<String, Object> body, String path) {
    var found = new ArrayList<Object>(1);
    collect(body, path, found);
    return found;
  }

  private static void collect(@Nullable Object at, String path, List<Object> found) {
    switch (at) {
      case null -> {}
      case List<?> list -> list.forEach(element -> collect(element, path, found));
      case Map<?, ?> map -> {
        if (!path.isEmpty()) {
          var dot = path.indexOf('.');
          var name = dot < 0 ? path : path.substring(0, dot);
          collect(map.get(name), dot < 0 ? "" : path.substring(dot + 1), found);
        }
      }
      default -> {
        if (path.isEmpty()) {
          found.add(at);
        }
      }
    }
  }
}
