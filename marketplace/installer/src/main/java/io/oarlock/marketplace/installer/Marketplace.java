package io.oarlock.marketplace.installer;

import io.oarlock.model.Operation;
import io.oarlock.spi.TypePlugin;
import io.oarlock.spi.TypeWrite;
import java.util.Set;

/** Serves the types {@code app}, {@code publisherkey} and {@code installation}. */
public final class Marketplace implements TypePlugin {
  static final String APP = "app";
  static final String KEY = "publisherkey";
  static final String INSTALLATION = "installation";

  @Override
  public Set<String> types() {
    return Set.of(APP, KEY, INSTALLATION);
  }

  @Override
  public void prepare(TypeWrite write) {
    if (write.type().equals(APP)) {
      Publishing.prepare(write);
    }
  }

  @Override
  public void process(TypeWrite write) {
    var isGone = write.operation() == Operation.DELETE;
    switch (write.type()) {
      case INSTALLATION -> {
        if (isGone) {
          Uninstalling.process(write);
        } else {
          new Installing(write).process();
        }
      }
      case APP -> {
        if (!isGone) {
          Publishing.process(write);
        }
      }
      default -> {
        if (!isGone) {
          Publishers.process(write);
        }
      }
    }
  }
}
