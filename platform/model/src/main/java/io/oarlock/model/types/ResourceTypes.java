package io.oarlock.model.types;

import java.util.List;

/** Every type the platform itself declares. */
public final class ResourceTypes {
  private ResourceTypes() {}

  /** The records, in the order of the reference docs. */
  public static List<Class<? extends Record>> all() {
    return List.of(
        Namespace.class, HookPolicy.class, Automation.class, Run.class, NetworkAccessPolicy.class);
  }
}
