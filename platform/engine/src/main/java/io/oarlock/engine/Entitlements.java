package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the runs of an automation may do: operations that exist, by resource type. */
final class Entitlements implements Processor {
  private static final String ATTRIBUTE = "entitlements";

  private final ResourceModel model;

  Entitlements(ResourceModel model) {
    this.model = model;
  }

  static Map<String, List<String>> of(Write write) {
    var map = new LinkedHashMap<String, List<String>>();
    Trees.object(write.resource.get(ATTRIBUTE))
        .forEach((type, verbs) -> map.put(type, Trees.texts(verbs)));
    return map;
  }

  @Override
  public void process(Write write) {
    if (write.puts()) {
      of(write)
          .forEach((name, verbs) ->
              model.find(name).ifPresent(type -> verbs.forEach(verb -> check(write, type, verb))));
    }
  }

  /** One that nobody can use is a mistake its author wants to hear of before the first run. */
  private static void check(Write write, ResourceType type, String verb) {
    var operation = Operation.parse(verb);
    if (operation.isPresent() && !isOffered(type, operation.get())) {
      write.refuse(
          "operation-not-allowed",
          "Nobody can " + verb + " a " + type.name() + "; it has " + offered(type),
          "/" + ATTRIBUTE + "/" + type.name());
    }
  }

  /** By itself or as what an action asks for. */
  private static boolean isOffered(ResourceType type, Operation operation) {
    return type.allows(operation)
        || type.actions().stream().anyMatch(action -> action.permission() == operation);
  }

  private static String offered(ResourceType type) {
    return Arrays.stream(Operation.values())
        .filter(operation -> isOffered(type, operation))
        .map(Operation::permission)
        .collect(Collectors.joining(", "));
  }
}
