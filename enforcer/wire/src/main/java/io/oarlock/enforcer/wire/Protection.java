package io.oarlock.enforcer.wire;

import java.util.Locale;

/** What happens to the bytes after both ends have agreed to talk; later ones are stronger. */
public enum Protection {
  /**
   * They pass as they are. Whoever can inject packets on the path can then change or take over the
   * connection; only its beginning was proved.
   */
  AUTHORISE,
  /** They can be read on the way, and not changed: AES-256-GMAC. */
  INTEGRITY,
  /** They can be neither read nor changed: AES-256-GCM. */
  ENCRYPT;

  Protection orStronger(Protection other) {
    return compareTo(other) >= 0 ? this : other;
  }

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Protection ofWire(String text) {
    for (var each : values()) {
      if (each.wire().equals(text)) {
        return each;
      }
    }
    throw new WireException(Reason.MALFORMED, "No protection is called so");
  }
}
