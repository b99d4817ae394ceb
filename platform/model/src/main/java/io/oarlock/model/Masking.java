package io.oarlock.model;

import io.oarlock.model.Attribute.Flag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes from a resource what its reader must not see: hidden attributes are left out, secrets show
 * {@link #MASK} so that their presence is known, and what is shown once is in the answer of the
 * write that made it only.
 */
public final class Masking {
  /** Stands in place of a secret; sent back in an update it means the stored secret. */
  public static final String MASK = "***";

  private record Prepared(ResourceType type, boolean isOpen) {}

  private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

  /** What answers, events and logs show. */
  public Map<String, Object> forReaders(ResourceType type, Map<String, Object> tree) {
    return isOpen(type) ? tree : object(type.attributes(), tree, false);
  }

  /** What the answer of the write shows that made the resource. */
  public Map<String, Object> forWriter(ResourceType type, Map<String, Object> tree) {
    return isOpen(type) ? tree : object(type.attributes(), tree, true);
  }

  /** Whether nothing of the type is ever masked, so that trees are handed on as they are. */
  private boolean isOpen(ResourceType type) {
    var known = prepared.get(type.name());
    if (known == null || !known.type().equals(type)) {
      known = new Prepared(type, isOpen(type.attributes()));
      prepared.put(type.name(), known);
    }
    return known.isOpen();
  }

  private static boolean isOpen(List<Attribute> attributes) {
    return attributes.stream().allMatch(each -> isPlain(each) && isOpen(each.type()));
  }

  private static boolean isPlain(Attribute attribute) {
    return !(attribute.is(Flag.SECRET)
        || attribute.is(Flag.HIDDEN)
        || attribute.is(Flag.SHOWN_ONCE));
  }

  private static boolean isOpen(ValueType type) {
    return switch (type) {
      case ValueType.ListOf list -> isOpen(list.element());
      case ValueType.MapOf map -> isOpen(map.value());
      case ValueType.ObjectOf object -> isOpen(object.attributes());
      case ValueType.OneOf choice ->
          choice.variants().values().stream().allMatch(each -> isOpen(each.attributes()));
      case ValueType.Text _,
          ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.Choice _,
          ValueType.Anything _ ->
          true;
    };
  }

  private static Map<String, Object> object(
      List<Attribute> attributes, Map<String, Object> tree, boolean once) {
    var result = new LinkedHashMap<>(tree);
    for (var attribute : attributes) {
      var value = tree.get(attribute.name());
      if (value != null) {
        put(result, attribute.name(), shown(attribute, value, once));
      }
    }
    return result;
  }

  private static void put(Map<String, Object> tree, String name, @Nullable Object value) {
    if (value == null) {
      tree.remove(name);
    } else {
      tree.put(name, value);
    }
  }

  private static @Nullable Object shown(Attribute attribute, Object value, boolean once) {
    if (attribute.is(Flag.HIDDEN) || (attribute.is(Flag.SHOWN_ONCE) && !once)) {
      return null;
    }
    if (attribute.is(Flag.SECRET) && !(attribute.is(Flag.SHOWN_ONCE) && once)) {
      return MASK;
    }
    return inside(attribute.type(), value, once);
  }

  private static Object variant(
      ValueType.OneOf choice, String kind, Map<String, Object> tree, boolean once) {
    var variant = choice.variants().get(kind);
    return variant == null ? tree : object(variant.attributes(), tree, once);
  }

  private static Object inside(ValueType type, Object value, boolean once) {
    return switch (type) {
      case ValueType.ObjectOf object when value instanceof Map<?, ?> map ->
          object(object.attributes(), Trees.object(map), once);
      case ValueType.OneOf choice
          when value instanceof Map<?, ?> map && map.get(OneOfRule.KIND) instanceof String kind ->
          variant(choice, kind, Trees.object(map), once);
      case ValueType.ListOf list when value instanceof List<?> elements -> {
        var result = new ArrayList<Object>(elements.size());
        elements.forEach(each -> result.add(inside(list.element(), each, once)));
        yield result;
      }
      case ValueType.MapOf of when value instanceof Map<?, ?> map -> {
        var result = new LinkedHashMap<String, Object>();
        Trees.object(map).forEach((name, each) -> result.put(name, inside(of.value(), each, once)));
        yield result;
      }
      default -> value;
    };
  }
}
