package io.oarlock.marketplace.installer;

import io.oarlock.spi.TypeWrite;

/** Removing exactly what an installation made, the last first. */
final class Uninstalling {
  private Uninstalling() {}

  static void process(TypeWrite write) {
    Resources.of(write.resource()).reversed().forEach(made -> Resources.remove(write, made));
  }
}
