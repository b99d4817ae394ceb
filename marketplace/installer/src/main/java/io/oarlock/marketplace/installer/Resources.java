package io.oarlock.marketplace.installer;

import io.oarlock.model.Problem;
import io.oarlock.model.Violation;
import io.oarlock.spi.TypeWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The resources that an installation made. */
final class Resources {
  private Resources() {}

  /** One of them, as it stands in the installation. */
  record Made(String type, String name, String id, String digest) {
    String key() {
      return type + "/" + name;
    }

    Map<String, Object> tree() {
      var tree = new LinkedHashMap<String, Object>();
      tree.put("type", type);
      tree.put("name", name);
      tree.put("id", id);
      tree.put("digest", digest);
      return tree;
    }
  }

  static List<Made> of(Map<String, Object> installation) {
    var made = new ArrayList<Made>();
    if (installation.get("resources") instanceof List<?> list) {
      for (var each : list) {
        if (each instanceof Map<?, ?> tree) {
          made.add(
              new Made(
                  text(tree, "type"), text(tree, "name"), text(tree, "id"), text(tree, "digest")));
        }
      }
    }
    return made;
  }

  private static String text(Map<?, ?> tree, String name) {
    return String.valueOf(tree.get(name));
  }

  /** What somebody removed by hand is not there to be removed. */
  static void remove(TypeWrite write, Made made) {
    if (write.stored(made.type(), made.id()).isPresent()) {
      said(
          made.key(),
          () -> {
            write.delete(made.type(), made.id());
            return made;
          });
    }
  }

  /** Names the resource in whatever refuses it. */
  static <R> R said(String key, Supplier<R> work) {
    try {
      return work.get();
    } catch (Problem e) {
      var violations = e.violations().stream().map(each -> under(key, each)).toList();
      throw new Problem(e.kind(), e.code(), e.title(), key + ": " + e.detail(), violations);
    }
  }

  private static Violation under(String key, Violation violation) {
    return new Violation(
        violation.code(),
        key + ": " + violation.detail(),
        "/app/" + key.replace("~", "~0").replace("/", "~1") + violation.pointer(),
        violation.hint().or(Optional::empty));
  }
}
