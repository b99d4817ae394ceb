package io.oarlock.model;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Java types into value types. The list of what may be a component is closed. */
final class ValueTypeReader {
  /** Most elements of a list inside a map or list. */
  static final int INNER_ITEMS_MAX = 256;

  /** Most members of a free-form object, which its size in bytes bounds too. */
  static final int FREE_MEMBERS_MAX = 1024;

  private static final String CLOSED_LIST =
      "Use String, boolean, int, long, double, Instant, Duration, an enum, NamespacePath, Tag,"
          + " TagExpression, a record, a sealed interface of records, Object, or Optional, List,"
          + " Set or Map<String, …> of these.";

  private final AttributeReader attributes;

  ValueTypeReader(AttributeReader attributes) {
    this.attributes = attributes;
  }

  /** The value type of a component; empty when a fault was added. */
  Optional<ValueType> read(Type type, Facets facets, ModelFaults faults) {
    return switch (type) {
      case ParameterizedType generic -> generic(generic, facets, faults);
      case Class<?> plain -> plain(plain, facets, faults);
      default -> unsupported(type, faults);
    };
  }

  private static Optional<ValueType> unsupported(Type type, ModelFaults faults) {
    faults.add(type.getTypeName() + " is not a type of attributes", CLOSED_LIST);
    return Optional.empty();
  }

  private Optional<ValueType> plain(Class<?> type, Facets facets, ModelFaults faults) {
    if (type == boolean.class || type == Boolean.class) {
      return Optional.of(new ValueType.Bool());
    }
    if (type == TagExpression.class) {
      return Optional.of(TextTypes.tagExpression());
    }
    if (type == Object.class) {
      return size(facets, "bytes of JSON", faults).map(ValueType.Anything::new);
    }
    if (NumberTypes.isNumber(type)) {
      return NumberTypes.read(type, facets, faults);
    }
    var format = TextTypes.format(type, facets);
    return format.isPresent()
        ? TextTypes.read(format.get(), facets, faults)
        : declared(type, faults);
  }

  private Optional<ValueType> declared(Class<?> type, ModelFaults faults) {
    if (type.isEnum()) {
      return Optional.of(choice(type, faults));
    }
    if (type.isRecord()) {
      return Optional.of(object(type, faults));
    }
    return type.isSealed() && type.isInterface()
        ? Optional.of(oneOf(type, faults))
        : unsupported(type, faults);
  }

  private static Optional<Integer> size(Facets facets, String unit, ModelFaults faults) {
    if (facets.size().isEmpty() && !facets.isInner()) {
      faults.add("is unbounded", "Add @Size(max = …), in " + unit + ".");
      return Optional.empty();
    }
    return Optional.of(facets.size().map(Size::max).orElse(INNER_ITEMS_MAX));
  }

  private Optional<ValueType> generic(ParameterizedType type, Facets facets, ModelFaults faults) {
    var arguments = type.getActualTypeArguments();
    if (type.getRawType() == List.class || type.getRawType() == Set.class) {
      return list(arguments[0], type.getRawType() == Set.class, facets, faults);
    }
    return type.getRawType() == Map.class && arguments[0] == String.class
        ? map(arguments[1], facets, faults)
        : unsupported(type, faults);
  }

  private Optional<ValueType> list(
      Type element, boolean distinct, Facets facets, ModelFaults faults) {
    int min = facets.size().map(Size::min).orElse(0);
    return size(facets, "elements", faults)
        .flatMap(max ->
            read(element, facets.inner(), faults)
                .map(of -> new ValueType.ListOf(of, min, max, distinct)));
  }

  private Optional<ValueType> map(Type value, Facets facets, ModelFaults faults) {
    var key = TextTypes.key(facets.keys(), faults);
    if (value == Object.class) {
      return size(facets, "bytes of JSON", faults)
          .flatMap(max ->
              key.map(
                  of -> new ValueType.MapOf(new ValueType.Anything(max), FREE_MEMBERS_MAX, of)));
    }
    return size(facets, "members", faults)
        .flatMap(max ->
            read(value, facets.inner(), faults)
                .flatMap(each -> key.map(of -> new ValueType.MapOf(each, max, of))));
  }

  private static ValueType choice(Class<?> type, ModelFaults faults) {
    var values = new ArrayList<String>();
    var docs = new LinkedHashMap<String, String>();
    for (var constant : type.getEnumConstants()) {
      var field = Names.field((Enum<?>) constant);
      var wire = Names.wire((Enum<?>) constant);
      values.add(wire);
      docs.put(wire, AttributeReader.doc(field, faults.in(wire)));
    }
    return new ValueType.Choice(values, docs);
  }

  private ValueType.ObjectOf object(Class<?> record, ModelFaults faults) {
    return new ValueType.ObjectOf(attributes.attributes(record, faults));
  }

  private ValueType oneOf(Class<?> sealed, ModelFaults faults) {
    var variants = new LinkedHashMap<String, ValueType.ObjectOf>();
    var docs = new LinkedHashMap<String, String>();
    for (var variant : sealed.getPermittedSubclasses()) {
      var here = faults.in(variant.getSimpleName());
      if (variant.isRecord()) {
        variants.put(variant.getSimpleName(), object(variant, here));
        docs.put(variant.getSimpleName(), AttributeReader.doc(variant, here));
      } else {
        here.add("is no record", "Permit records only.");
      }
    }
    return new ValueType.OneOf(variants, Map.copyOf(docs));
  }
}
