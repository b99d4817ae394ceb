package io.oarlock.model.types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every type the platform itself declares: each record in the module marked as a resource. */
public final class ResourceTypes {
  // Written by the compiler, from the records it found.
  private static final String INDEX = "META-INF/oarlock/resource-types";

  private ResourceTypes() {}

  /** The records, in the order of the reference docs. */
  public static List<Class<? extends Record>> all() {
    var loader = ResourceTypes.class.getClassLoader();
    try (var index = loader.getResourceAsStream(INDEX)) {
      if (index == null) {
        throw new IllegalStateException(
            "This build has no %s: compile platform/model with its annotation processor"
                .formatted(INDEX));
      }
      var types = new ArrayList<Class<? extends Record>>();
      for (var name : new String(index.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        types.add(Class.forName(name, false, loader).asSubclass(Record.class));
      }
      return List.copyOf(types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The index of types is of another build", e);
    }
  }
}
