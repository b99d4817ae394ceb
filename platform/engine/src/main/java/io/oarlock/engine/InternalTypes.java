package io.oarlock.engine;

import io.oarlock.model.Index;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the engine keeps in the store for itself; no caller can name these types. */
final class InternalTypes {
  private static final List<String> NAMES =
      List.of(SigningKeys.TYPE, Idempotency.TYPE, LogConsumer.CURSOR);

  /** Schedules are found by when they are due. */
  static final ResourceType SCHEDULE =
      type(Schedule.TYPE, List.of(new Index(List.of(Schedule.NEXT_AT), false)));

  /** What goes with the namespace of the resource it belongs to. */
  static final List<ResourceType> IN_NAMESPACES =
      List.of(
          SCHEDULE,
          type(AccountRealm.NAME_CLAIM, List.of()),
          type(HookStates.TYPE, List.of()),
          type(Recordings.TYPE, List.of()),
          type(ForwarderState.TYPE, List.of()),
          type(EnforcerAuthorities.TYPE, List.of()),
          type(EnforcerProcessor.REVOKED, List.of()),
          type(EnforcerParts.STATE, List.of()),
          type(Epochs.TYPE, List.of()));

  private InternalTypes() {}

  /** The model with the internal types: what a store is opened with. */
  static ResourceModel with(ResourceModel model) {
    var types = new ArrayList<>(model.types());
    NAMES.forEach(name -> types.add(type(name, List.of())));
    types.addAll(IN_NAMESPACES);
    return new ResourceModel(types);
  }

  private static ResourceType type(String name, List<Index> indexes) {
    return new ResourceType(
        name,
        name + "s",
        "Internal",
        "Kept by the engine for itself.",
        List.of(),
        Set.of(),
        Set.of(Trait.STORED),
        List.of(),
        indexes,
        List.of(),
        Optional.empty(),
        Map.of());
  }
}
