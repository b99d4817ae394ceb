package io.oarlock.model;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads records marked {@link Resource} into a {@link ResourceModel}, by reflection, once. Whatever
 * breaks a rule is gathered over all types and told at once.
 */
public final class ModelReader {
  private final List<ModelViolation> found = ModelFaults.list();
  private final AttributeReader reader = new AttributeReader();

  private ModelReader() {}

  /** The model of the records; a {@link ModelException} tells all that is wrong with them. */
  public static ResourceModel read(Collection<? extends Class<?>> records) {
    var reader = new ModelReader();
    var types = reader.types(records);
    new ModelLint(types, reader.found).run();
    return reader.model(types);
  }

  /**
   * The model of records that passed {@link #read} when they were built, as those of the platform
   * do in its tests: their docs, names and examples are not looked at again, which a start saves.
   */
  public static ResourceModel load(Collection<? extends Class<?>> records) {
    var reader = new ModelReader();
    return reader.model(reader.types(records));
  }

  private List<ResourceType> types(Collection<? extends Class<?>> records) {
    var types = new ArrayList<ResourceType>();
    records.forEach(record -> type(record).ifPresent(types::add));
    return types;
  }

  private ResourceModel model(List<ResourceType> types) {
    if (!found.isEmpty()) {
      throw new ModelException(found);
    }
    return new ResourceModel(types);
  }

  private Optional<ResourceType> type(Class<?> record) {
    var faults = ModelFaults.of(record.getSimpleName(), found);
    var declared = record.getAnnotation(Resource.class);
    if (declared == null || !record.isRecord()) {
      faults.add("is no resource type", "Make it a record marked @Resource.");
      return Optional.empty();
    }
    var before = found.size();
    var name = name(record, declared);
    var attributes = reader.attributes(record, faults);
    var type =
        new ResourceType(
            name,
            declared.plural().isEmpty() ? Names.plural(name) : declared.plural(),
            declared.group(),
            AttributeReader.doc(record, faults),
            List.of(declared.aliases()),
            Set.of(declared.operations()),
            traits(record, declared),
            attributes,
            indexes(declared, attributes),
            actions(record, faults),
            retention(declared, faults),
            example(declared, faults),
            rules(record));
    // A type read badly would drown its own faults in those of its example.
    return found.size() == before ? Optional.of(type) : Optional.empty();
  }

  private static String name(Class<?> record, Resource declared) {
    return declared.name().isEmpty()
        ? record.getSimpleName().toLowerCase(Locale.ROOT)
        : declared.name();
  }

  private static Set<Trait> traits(Class<?> record, Resource declared) {
    var traits = EnumSet.noneOf(Trait.class);
    if (declared.stored()) {
      traits.add(Trait.STORED);
    }
    addTraits(record, traits);
    return traits;
  }

  private static void addTraits(Class<?> record, Set<Trait> traits) {
    for (var component : record.getRecordComponents()) {
      var flattened = component.getType().getAnnotation(Flattened.class);
      if (flattened != null) {
        traits.addAll(List.of(flattened.value()));
        addTraits(component.getType(), traits);
      }
    }
  }

  /** One for each list of attributes: a unique index serves where a plain one is wanted too. */
  private static List<Index> indexes(Resource declared, List<Attribute> attributes) {
    var wanted = new LinkedHashMap<List<String>, Boolean>();
    var filteredOnly = new HashSet<List<String>>();
    flagged("", attributes, wanted, filteredOnly);
    for (var index : declared.indexes()) {
      var unique = index.startsWith("unique:");
      var paths = (unique ? index.substring("unique:".length()) : index).split(",", -1);
      want(wanted, Arrays.stream(paths).map(String::strip).toList(), unique);
    }
    wanted
        .keySet()
        .removeIf(paths -> filteredOnly.contains(paths) && beginsAnother(paths, wanted.keySet()));
    var indexes = new ArrayList<Index>();
    wanted.forEach((paths, unique) -> indexes.add(new Index(paths, unique)));
    return indexes;
  }

  // The longer one answers the same filters; it just does not order by the shorter alone.
  private static boolean beginsAnother(List<String> paths, Set<List<String>> all) {
    var length = paths.size();
    return all.stream()
        .anyMatch(other -> other.size() > length && other.subList(0, length).equals(paths));
  }

  private static void want(Map<List<String>, Boolean> wanted, List<String> paths, boolean unique) {
    if (unique && Boolean.FALSE.equals(wanted.get(paths))) {
      wanted.remove(paths);
    }
    wanted.putIfAbsent(paths, unique);
  }

  private static void flagged(
      String prefix,
      List<Attribute> attributes,
      Map<List<String>, Boolean> wanted,
      Set<List<String>> filteredOnly) {
    for (var attribute : attributes) {
      var path = prefix + attribute.name();
      var unique = attribute.is(Attribute.Flag.UNIQUE);
      var orderable = attribute.is(Attribute.Flag.ORDERABLE);
      if (unique || orderable || attribute.is(Attribute.Flag.FILTERABLE)) {
        want(wanted, List.of(path), unique);
        if (!unique && !orderable) {
          filteredOnly.add(List.of(path));
        }
      }
      switch (attribute.type()) {
        case ValueType.ObjectOf(var inner) -> flagged(path + ".", inner, wanted, filteredOnly);
        case ValueType.OneOf(var variants, _) ->
            variants
                .values()
                .forEach(each -> flagged(path + ".", each.attributes(), wanted, filteredOnly));
        default -> {}
      }
    }
  }

  private List<Action> actions(Class<?> record, ModelFaults faults) {
    var actions = new ArrayList<Action>();
    for (var action : record.getAnnotationsByType(ActionOf.class)) {
      var here = faults.in("action " + action.name());
      actions.add(
          new Action(
              action.name(),
              action.method(),
              action.doc(),
              action.onType(),
              action.permission(),
              shape(action.input(), here),
              shape(action.output(), here)));
    }
    return actions;
  }

  private Optional<ValueType> shape(Class<?> record, ModelFaults faults) {
    if (record == Void.class) {
      return Optional.empty();
    }
    if (record.isRecord()) {
      return Optional.of(new ValueType.ObjectOf(reader.attributes(record, faults)));
    }
    faults.add(record.getSimpleName() + " is no record", "Describe the body by a record.");
    return Optional.empty();
  }

  private static Optional<Duration> retention(Resource declared, ModelFaults faults) {
    try {
      return declared.retention().isEmpty()
          ? Optional.empty()
          : Optional.of(Duration.parse(declared.retention()));
    } catch (DateTimeParseException _) {
      faults.add("retention is no duration", "Write an ISO 8601 duration such as P30D.");
      return Optional.empty();
    }
  }

  private static Function<Map<String, Object>, List<Violation>> rules(Class<?> record) {
    if (!SelfChecking.class.isAssignableFrom(record)) {
      return ResourceType.NO_RULES;
    }
    var checking = record.asSubclass(Record.class);
    // Codecs are made at the first write: making all of them would be a third of reading the model.
    return tree -> ((SelfChecking) TreeCodec.of(checking).decode(tree)).validate();
  }

  private static Map<String, Object> example(Resource declared, ModelFaults faults) {
    try {
      if (Literals.parse(declared.example()) instanceof Map<?, ?> map) {
        return Trees.object(map);
      }
      faults.add("example is no object", "Write a whole create body in JSON.");
    } catch (IllegalArgumentException e) {
      faults.add("example cannot be read: " + e.getMessage(), "Write a JSON object.");
    }
    return Map.of();
  }
}
