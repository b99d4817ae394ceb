package io.oarlock.engine;

import io.oarlock.model.Operation;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What somebody may do: operations by resource type, {@code *} for every type. PATCH needs update,
 * COUNT needs list. Immutable.
 */
final class Permissions {
  static final String ANY = "*";
  static final Permissions NONE = new Permissions(Map.of());
  static final Permissions ALL = new Permissions(Map.of(ANY, EnumSet.allOf(Operation.class)));

  private final Map<String, Set<Operation>> byType;

  private Permissions(Map<String, Set<Operation>> byType) {
    this.byType = byType;
  }

  /** Reads {@code type:operation,operation} lines; a bare type means all its operations. */
  static Permissions parse(Collection<String> lines) {
    var found = new HashMap<String, Set<Operation>>();
    for (var line : lines) {
      var colon = line.indexOf(':');
      var type = (colon < 0 ? line : line.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
      var words = colon < 0 ? ANY : line.substring(colon + 1);
      found.computeIfAbsent(type, _ -> EnumSet.noneOf(Operation.class)).addAll(operations(words));
    }
    return new Permissions(found);
  }

  /** From the map form: type → operation words. */
  static Permissions of(Map<String, ? extends Collection<String>> map) {
    var found = new HashMap<String, Set<Operation>>();
    map.forEach((type, words) ->
        found
            .computeIfAbsent(type, _ -> EnumSet.noneOf(Operation.class))
            .addAll(operations(String.join(",", words))));
    return new Permissions(found);
  }

  private static Set<Operation> operations(String words) {
    var found = EnumSet.noneOf(Operation.class);
    for (var raw : words.split(",", -1)) {
      var word = raw.strip();
      if (word.equals(ANY) || word.equalsIgnoreCase("any")) {
        return EnumSet.allOf(Operation.class);
      }
      Operation.parse(word).map(Permissions::needed).ifPresent(found::add);
    }
    return found;
  }

  /** The operation whose permission is needed for this one. */
  static Operation needed(Operation operation) {
    return switch (operation) {
      case PATCH -> Operation.UPDATE;
      case COUNT -> Operation.LIST;
      case CREATE, GET, LIST, UPDATE, DELETE -> operation;
    };
  }

  boolean allows(String type, Operation operation) {
    var need = needed(operation);
    return byType.getOrDefault(ANY, Set.of()).contains(need)
        || byType.getOrDefault(type, Set.of()).contains(need);
  }

  boolean isEmpty() {
    return byType.values().stream().allMatch(Set::isEmpty);
  }

  Permissions plus(Permissions other) {
    var sum = new HashMap<String, Set<Operation>>();
    byType.forEach((type, set) -> sum.put(type, EnumSet.copyOf(set)));
    other.byType.forEach(
        (type, set) -> sum.computeIfAbsent(type, _ -> EnumSet.noneOf(Operation.class)).addAll(set));
    return new Permissions(sum);
  }

  /** What both allow. */
  Permissions intersect(Permissions other) {
    var both = new HashMap<String, Set<Operation>>();
    meet(both, other);
    other.meet(both, this);
    return new Permissions(both);
  }

  private void meet(Map<String, Set<Operation>> both, Permissions other) {
    byType.forEach((type, set) -> {
      var common = EnumSet.noneOf(Operation.class);
      set.stream().filter(operation -> other.grants(type, operation)).forEach(common::add);
      if (!common.isEmpty()) {
        both.merge(type, common, Permissions::union);
      }
    });
  }

  private static Set<Operation> union(Set<Operation> one, Set<Operation> other) {
    var sum = EnumSet.copyOf(one);
    sum.addAll(other);
    return sum;
  }

  private boolean grants(String type, Operation operation) {
    return byType.getOrDefault(ANY, Set.of()).contains(operation)
        || byType.getOrDefault(type, Set.of()).contains(operation);
  }

  /** What of the other is not here, as {@code type:operation} lines; empty when all of it is. */
  Set<String> missing(Permissions other) {
    var lacking = new java.util.TreeSet<String>();
    other.byType.forEach((type, set) ->
        set.stream()
            .map(Permissions::needed)
            .filter(operation -> !grants(type, operation))
            .forEach(operation -> lacking.add(type + ":" + operation.permission())));
    return lacking;
  }

  /** The map form, sorted. */
  Map<String, java.util.List<String>> toMap() {
    var map = new TreeMap<String, java.util.List<String>>();
    byType.forEach((type, set) ->
        map.put(
            type,
            set.stream()
                .map(Permissions::needed)
                .map(Operation::permission)
                .distinct()
                .sorted()
                .toList()));
    return map;
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
