package io.oarlock.model;

import io.oarlock.model.Attribute.Flag;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the components of records into attributes. */
final class AttributeReader {
  private static final Map<Class<? extends Annotation>, Flag> FLAGS =
      new LinkedHashMap<>(
          Map.of(
              ReadOnly.class, Flag.READ_ONLY,
              Immutable.class, Flag.IMMUTABLE,
              Secret.class, Flag.SECRET,
              ShownOnce.class, Flag.SHOWN_ONCE,
              Hidden.class, Flag.HIDDEN,
              Transient.class, Flag.TRANSIENT,
              Filterable.class, Flag.FILTERABLE,
              Orderable.class, Flag.ORDERABLE,
              Unique.class, Flag.UNIQUE));

  private static final Set<Flag> WRITTEN_BY_PLATFORM = EnumSet.of(Flag.READ_ONLY, Flag.SHOWN_ONCE);
  private static final Set<Flag> LEFT_OUT = EnumSet.of(Flag.TRANSIENT, Flag.HIDDEN);

  private final ValueTypeReader types = new ValueTypeReader(this);
  private final Map<Class<?>, List<Attribute>> known = new HashMap<>();
  private final Set<Class<?>> open = new HashSet<>();

  /** The attributes of a record; records that many types have are read once. */
  List<Attribute> attributes(Class<?> record, ModelFaults faults) {
    var before = known.get(record);
    if (before != null) {
      return before;
    }
    if (!open.add(record)) {
      faults.add(record.getSimpleName() + " contains itself", "Refer to the other by its id.");
      return List.of();
    }
    var attributes = new ArrayList<Attribute>();
    for (var component : record.getRecordComponents()) {
      if (component.getType().isAnnotationPresent(Flattened.class)) {
        attributes.addAll(attributes(component.getType(), faults));
      } else {
        attribute(component, faults.in(Names.attribute(component))).ifPresent(attributes::add);
      }
    }
    open.remove(record);
    known.put(record, List.copyOf(attributes));
    return attributes;
  }

  private Optional<Attribute> attribute(RecordComponent component, ModelFaults faults) {
    var optional = component.getType() == Optional.class;
    var javaType = optional ? argument(component.getGenericType()) : component.getGenericType();
    return types
        .read(javaType, Facets.of(component), faults)
        .map(type -> attribute(component, type, optional, faults));
  }

  static Type argument(Type optional) {
    return ((ParameterizedType) optional).getActualTypeArguments()[0];
  }

  private static Attribute attribute(
      RecordComponent component, ValueType type, boolean optional, ModelFaults faults) {
    var name = Names.attribute(component);
    var flags = flags(component, type);
    var declared = literal(component.getAnnotation(Default.class), type, faults);
    var example = literal(component.getAnnotation(Example.class), type, faults);
    var empty = optional ? Optional.empty() : emptyValue(component, flags);
    var required =
        !optional
            && declared.isEmpty()
            && empty.isEmpty()
            && flags.stream().noneMatch(WRITTEN_BY_PLATFORM::contains)
            && !defaultsToEmpty(component);
    var label = component.getAnnotation(Label.class);
    return new Attribute(
        name,
        type,
        label == null ? Names.label(name) : label.value(),
        doc(component, faults),
        example.or(() -> Examples.derived(type, declared)),
        declared.or(() -> empty),
        required,
        flags);
  }

  private static Set<Flag> flags(RecordComponent component, ValueType type) {
    var flags = EnumSet.noneOf(Flag.class);
    FLAGS.forEach((annotation, flag) -> {
      if (component.isAnnotationPresent(annotation)) {
        flags.add(flag);
      }
    });
    if (type instanceof ValueType.Text text && text.format() == TextFormat.JAVASCRIPT) {
      flags.add(Flag.CODE);
    }
    return flags;
  }

  /** Whether absence means empty, which a least size rules out. */
  private static boolean defaultsToEmpty(RecordComponent component) {
    var type = component.getType();
    var size = component.getAnnotation(Size.class);
    return type == boolean.class
        || ((type == List.class || type == Set.class || type == Map.class)
            && (size == null || size.min() == 0));
  }

  /** Lists, maps and booleans are never absent from what is stored. */
  private static Optional<Object> emptyValue(RecordComponent component, Set<Flag> flags) {
    if (!defaultsToEmpty(component)
        || flags.contains(Flag.SHOWN_ONCE)
        || flags.stream().anyMatch(LEFT_OUT::contains)) {
      return Optional.empty();
    }
    if (component.getType() == boolean.class) {
      return Optional.of(false);
    }
    return Optional.of(component.getType() == Map.class ? Map.of() : List.of());
  }

  static String doc(AnnotatedElement element, ModelFaults faults) {
    var doc = element.getAnnotation(Doc.class);
    if (doc == null) {
      faults.add("has no doc", "Add @Doc with a sentence that says what it is.");
      return "";
    }
    return doc.value();
  }

  private static Optional<Object> literal(
      @Nullable Annotation annotation, ValueType type, ModelFaults faults) {
    return switch (annotation) {
      case Default value -> literal(value.value(), type, "default", faults);
      case Example value -> literal(value.value(), type, "example", faults);
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Object> literal(
      String text, ValueType type, String what, ModelFaults faults) {
    if (type instanceof ValueType.Text || type instanceof ValueType.Choice) {
      return Optional.of(text);
    }
    try {
      return Optional.of(Literals.parse(text));
    } catch (IllegalArgumentException e) {
      faults.add(what + " cannot be read: " + e.getMessage(), "Write a JSON value.");
      return Optional.empty();
    }
  }
}
