package io.oarlock.marketplace.bundle;

import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What apps may make. Not what says who may do what, what opens the way out of the platform, and
 * what holds secrets: those are the words of people, and an app that needs them asks for them in
 * its description.
 */
final class Makeable {
  private static final Set<String> GROUPS =
      Set.of("What happens", "What runs", "Who may talk to whom");
  private static final Set<String> NEVER =
      Set.of("egresspolicy", "secret", "calltoken", "kventry", "message", "redrive");

  /** What the installer itself says of each resource. */
  private static final Set<String> KEPT = Set.of("name", "namespace", "kind", "id", "protected");

  private Makeable() {}

  static boolean isMakeable(ResourceType type) {
    return GROUPS.contains(type.group())
        && !NEVER.contains(type.name())
        && type.has(Trait.STORED)
        && type.allows(Operation.CREATE)
        && type.allows(Operation.UPDATE)
        && type.allows(Operation.DELETE);
  }

  static List<Fault> faults(AppManifest manifest, ResourceModel platform) {
    var faults = new ArrayList<Fault>();
    manifest
        .resources()
        .forEach((name, value) -> {
          var at = Bundle.MANIFEST + Pointers.of("/resources", name);
          type(name.substring(0, name.indexOf('/')), at, platform).ifPresent(faults::add);
          if (value instanceof Map<?, ?> map) {
            map.keySet().stream()
                .filter(KEPT::contains)
                .map(key -> kept(String.valueOf(key), at))
                .forEach(faults::add);
          }
        });
    return faults;
  }

  private static Optional<Fault> type(String name, String at, ResourceModel platform) {
    var type = platform.find(name);
    var names =
        platform.types().stream().filter(Makeable::isMakeable).map(ResourceType::name).toList();
    if (type.isEmpty()) {
      return Optional.of(
          new Fault(
              "unknown-type",
              at,
              "There is no resource type " + name + ".",
              Suggest.didYouMean(name, names)
                  .orElse("Name one of: " + String.join(", ", names) + ".")));
    }
    return isMakeable(type.get())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "not-for-apps",
                at,
                "An app may not make a " + name + ".",
                "Apps make: " + String.join(", ", names) + "."));
  }

  private static Fault kept(String attribute, String at) {
    return new Fault(
        "kept-attribute",
        Pointers.of(at, attribute),
        "The installer itself says " + attribute + " of what it makes.",
        "Leave it out; type and name stand in the key of the resource.");
  }
}
