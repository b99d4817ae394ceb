package io.oarlock.marketplace.installer;

import io.oarlock.marketplace.bundle.PublicKey;
import io.oarlock.marketplace.bundle.Trust;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Violation;
import io.oarlock.spi.TypeWrite;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The publishers whose apps a namespace takes: its own, and those handed down to it. */
final class Publishers {
  private Publishers() {}

  static void process(TypeWrite write) {
    try {
      PublicKey.parse(String.valueOf(write.resource().get("key")));
    } catch (IllegalArgumentException e) {
      write.refuse(
          new Violation("bad-key", String.valueOf(e.getMessage()) + ".", "/key", Optional.empty()));
    }
  }

  /** A revoked key above counts whether or not it is handed down: that only takes away. */
  static Trust of(TypeWrite write) {
    var trusted = new HashSet<PublicKey>();
    var revoked = new HashSet<PublicKey>();
    add(write, write.namespace(), true, trusted, revoked);
    for (var above : write.namespace().ancestors()) {
      add(write, above, false, trusted, revoked);
    }
    return new Trust(trusted, revoked);
  }

  private static void add(
      TypeWrite write,
      NamespacePath namespace,
      boolean isHere,
      Set<PublicKey> trusted,
      Set<PublicKey> revoked) {
    for (var each : write.stored(Marketplace.KEY, namespace, "namespace", namespace.value())) {
      var key = PublicKey.parse(String.valueOf(each.get("key")));
      if (isTrue(each, "revoked")) {
        revoked.add(key);
      } else if (isHere || isTrue(each, "propagate")) {
        trusted.add(key);
      }
    }
  }

  static boolean isTrue(Map<String, Object> tree, String attribute) {
    return Boolean.TRUE.equals(tree.get(attribute));
  }
}
