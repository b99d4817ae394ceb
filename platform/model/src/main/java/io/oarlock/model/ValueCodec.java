package io.oarlock.model;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns one value of a tree into what Java calls it, and back.
 *
 * @param decoder from tree to Java
 * @param encoder from Java to tree; null leaves the member out
 * @param empty what Java has when the tree has nothing; null where that is no value
 */
record ValueCodec(
    Function<Object, Object> decoder,
    Function<Object, @Nullable Object> encoder,
    @Nullable Object empty) {

  Object decode(Object value) {
    return decoder.apply(value);
  }

  @Nullable Object encode(Object value) {
    return encoder.apply(value);
  }

  Object absent() {
    if (empty == null) {
      throw new IllegalArgumentException("is required, and the tree does not have it");
    }
    return empty;
  }

  /** The codec of a component, which knows its default. */
  static ValueCodec of(RecordComponent component) {
    var codec = of(component.getGenericType());
    var declared = component.getAnnotation(Default.class);
    if (declared == null) {
      return component.isAnnotationPresent(ReadOnly.class) || isCollection(component.getType())
          ? codec
          : codec.withoutEmpty(component);
    }
    var raw = component.getType();
    var isText = raw.isEnum() || codec.empty instanceof String || isTextValue(raw);
    var value = isText ? declared.value() : Literals.parse(declared.value());
    return new ValueCodec(codec.decoder, codec.encoder, codec.decode(value));
  }

  private static boolean isTextValue(Class<?> type) {
    return type == Instant.class
        || type == Duration.class
        || type == NamespacePath.class
        || type == Tag.class;
  }

  private static boolean isCollection(Class<?> type) {
    return type == Optional.class
        || type == boolean.class
        || Collection.class.isAssignableFrom(type)
        || type == Map.class;
  }

  private ValueCodec withoutEmpty(RecordComponent component) {
    return component.isAnnotationPresent(ShownOnce.class)
        ? this
        : new ValueCodec(decoder, encoder, null);
  }

  private static ValueCodec of(Type type) {
    return switch (type) {
      case ParameterizedType generic -> generic(generic);
      case Class<?> plain -> plain(plain);
      default -> throw new IllegalArgumentException("No codec for " + type.getTypeName());
    };
  }

  private static ValueCodec generic(ParameterizedType type) {
    var arguments = type.getActualTypeArguments();
    var inner = of(arguments[arguments.length - 1]);
    if (type.getRawType() == Optional.class) {
      return new ValueCodec(
          value -> Optional.of(inner.decode(value)),
          value -> ((Optional<?>) value).map(inner::encode).orElse(null),
          Optional.empty());
    }
    if (type.getRawType() == Map.class) {
      return new ValueCodec(
          value -> map((Map<?, ?>) value, inner::decode),
          value -> map((Map<?, ?>) value, inner::encode),
          Map.of());
    }
    return type.getRawType() == Set.class
        ? new ValueCodec(value -> set(value, inner), value -> list(value, inner::encode), Set.of())
        : new ValueCodec(
            value -> Collections.unmodifiableList(list(value, inner::decode)),
            value -> list(value, inner::encode),
            List.of());
  }

  private static Set<Object> set(Object value, ValueCodec inner) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(list(value, inner::decode)));
  }

  private static List<Object> list(Object value, Function<Object, @Nullable Object> each) {
    var result = new ArrayList<Object>();
    for (var element : (Collection<?>) value) {
      var mapped = each.apply(element);
      if (mapped != null) {
        result.add(mapped);
      }
    }
    return result;
  }

  private static Map<String, Object> map(Map<?, ?> value, Function<Object, @Nullable Object> each) {
    var result = LinkedHashMap.<String, Object>newLinkedHashMap(value.size());
    Trees.object(value)
        .forEach((name, element) -> {
          var mapped = element == null ? null : each.apply(element);
          if (mapped != null) {
            result.put(name, mapped);
          }
        });
    return result;
  }

  private static ValueCodec plain(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return new ValueCodec(value -> (Boolean) value, value -> value, false);
    }
    if (NumberTypes.isNumber(type)) {
      return number(type);
    }
    if (type == String.class) {
      return new ValueCodec(value -> (String) value, value -> value, "");
    }
    if (type == Object.class) {
      return new ValueCodec(value -> value, value -> value, null);
    }
    return isTextValue(type) || type == TagExpression.class ? value(type) : declared(type);
  }

  private static ValueCodec number(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return new ValueCodec(
          value -> Math.toIntExact(((Number) value).longValue()),
          value -> ((Number) value).longValue(),
          0);
    }
    return type == long.class || type == Long.class
        ? new ValueCodec(value -> ((Number) value).longValue(), value -> value, 0L)
        : new ValueCodec(value -> ((Number) value).doubleValue(), value -> value, 0d);
  }

  private static ValueCodec value(Class<?> type) {
    if (type == Instant.class) {
      return new ValueCodec(
          value -> Instants.parse((String) value),
          value -> Instants.text((Instant) value),
          Instant.EPOCH);
    }
    if (type == Duration.class) {
      return new ValueCodec(
          value -> Duration.parse((String) value), Object::toString, Duration.ZERO);
    }
    if (type == Tag.class) {
      return new ValueCodec(value -> Tag.parse((String) value), Object::toString, null);
    }
    return type == NamespacePath.class
        ? new ValueCodec(
            value -> NamespacePath.of((String) value), Object::toString, NamespacePath.ROOT)
        : new ValueCodec(
            ValueCodec::tagExpression,
            value -> ((TagExpression) value).toLists(),
            TagExpression.NONE);
  }

  @SuppressWarnings("unchecked") // valid trees have lists of text here
  private static Object tagExpression(Object value) {
    return TagExpression.parse((List<? extends List<String>>) value);
  }

  private static ValueCodec declared(Class<?> type) {
    if (type.isEnum()) {
      return choice(type);
    }
    return type.isRecord() ? object(type.asSubclass(Record.class)) : oneOf(type);
  }

  private static ValueCodec choice(Class<?> type) {
    var byWire = new HashMap<Object, Object>();
    var byConstant = new HashMap<Object, String>();
    for (var constant : type.getEnumConstants()) {
      var wire = Names.wire((Enum<?>) constant);
      byWire.put(wire, constant);
      byConstant.put(constant, wire);
    }
    return new ValueCodec(
        value ->
            Optional.ofNullable(byWire.get(value))
                .orElseThrow(() -> new IllegalArgumentException(value + " is no choice")),
        byConstant::get,
        null);
  }

  private static ValueCodec object(Class<? extends Record> type) {
    var codec = TreeCodec.of(type);
    return new ValueCodec(
        value -> codec.decode(Trees.object((Map<?, ?>) value)),
        value -> {
          var tree = new LinkedHashMap<String, Object>();
          codec.encode((Record) value, tree);
          return tree;
        },
        null);
  }

  private static ValueCodec oneOf(Class<?> sealed) {
    var variants = new HashMap<Object, TreeCodec<?>>();
    Arrays.stream(sealed.getPermittedSubclasses())
        .forEach(each ->
            variants.put(each.getSimpleName(), TreeCodec.of(each.asSubclass(Record.class))));
    return new ValueCodec(
        value -> {
          var tree = Trees.object((Map<?, ?>) value);
          var kind = tree.get(OneOfRule.KIND);
          return Optional.ofNullable(variants.get(kind))
              .orElseThrow(() -> new IllegalArgumentException(kind + " is no kind"))
              .decode(tree);
        },
        value -> {
          var kind = value.getClass().getSimpleName();
          var tree = new LinkedHashMap<String, Object>();
          tree.put(OneOfRule.KIND, kind);
          Optional.ofNullable(variants.get(kind))
              .orElseThrow(() -> new IllegalArgumentException(kind + " is no kind"))
              .encode((Record) value, tree);
          return tree;
        },
        null);
  }
}
