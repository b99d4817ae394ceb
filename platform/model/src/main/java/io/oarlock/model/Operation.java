package io.oarlock.model;

import java.util.Locale;
import java.util.Optional;

/**
 * What can be done to a resource. The wire form is {@link #wire()}: UpperCamelCase in events and
 * triggers, lower case in permissions.
 */
public enum Operation {
  @Doc("Make one.")
  CREATE("Create"),
  @Doc("Read one.")
  GET("Get"),
  @Doc("List and search them.")
  LIST("List"),
  @Doc("Count them.")
  COUNT("Count"),
  @Doc("Replace one.")
  UPDATE("Update"),
  @Doc("Change parts of one.")
  PATCH("Patch"),
  @Doc("Remove one.")
  DELETE("Delete");

  private final String wire;

  Operation(String wire) {
    this.wire = wire;
  }

  /** The name used in JSON, for example {@code Create}. */
  public String wire() {
    return wire;
  }

  /** The name used in permissions, for example {@code create}. */
  public String permission() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it changes what is stored. */
  public boolean writes() {
    return switch (this) {
      case CREATE, UPDATE, PATCH, DELETE -> true;
      case GET, LIST, COUNT -> false;
    };
  }

  /** Reads a wire or permission name, whatever its case. */
  public static Optional<Operation> parse(String text) {
    for (var operation : values()) {
      if (operation.name().equalsIgnoreCase(text)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
