package io.oarlock.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads back what {@link ModelExport} wrote; refuses anything else. */
public final class ModelImport {
  private ModelImport() {}

  /** The model of a tree. */
  public static ResourceModel model(Map<String, Object> tree) {
    var from = new Members(tree);
    if (from.whole("format") != ModelExport.FORMAT) {
      throw new IllegalArgumentException(
          "The model has format " + from.whole("format") + "; this reads " + ModelExport.FORMAT);
    }
    return new ResourceModel(from.each("types", ModelImport::type));
  }

  private static ResourceType type(Members from) {
    return new ResourceType(
        from.text("name"),
        from.text("plural"),
        from.text("group"),
        from.text("doc"),
        from.texts("aliases"),
        from.words("operations", Operation.values()),
        from.words("traits", Trait.values()),
        from.each("attributes", ModelImport::attribute),
        from.each("indexes", each -> new Index(each.texts("attributes"), each.truth("unique"))),
        from.each("actions", ModelImport::action),
        from.optionalText("retention").map(Duration::parse),
        from.object("example").tree());
  }

  private static Attribute attribute(Members from) {
    return new Attribute(
        from.text("name"),
        valueType(from.object("type")),
        from.text("label"),
        from.text("doc"),
        Optional.ofNullable(from.tree().get("example")),
        Optional.ofNullable(from.tree().get("default")),
        from.truth("required"),
        from.words("flags", Attribute.Flag.values()));
  }

  private static Action action(Members from) {
    return new Action(
        from.text("name"),
        from.text("method"),
        from.text("doc"),
        from.truth("onType"),
        from.word("permission", Operation.values()),
        from.optionalObject("input").map(ModelImport::valueType),
        from.optionalObject("output").map(ModelImport::valueType));
  }

  private static ValueType valueType(Members from) {
    return switch (from.text("kind")) {
      case "Text" -> text(from);
      case "Bool" -> new ValueType.Bool();
      case "Whole" -> new ValueType.Whole(from.whole("min"), from.whole("max"));
      case "Decimal" -> new ValueType.Decimal(from.decimal("min"), from.decimal("max"));
      case "Choice" -> choice(from);
      case "ListOf" ->
          new ValueType.ListOf(
              valueType(from.object("element")),
              from.least("minItems"),
              from.small("maxItems"),
              from.truth("distinct"));
      case "MapOf" ->
          new ValueType.MapOf(
              valueType(from.object("value")), from.small("maxEntries"), text(from.object("key")));
      case "ObjectOf" -> members(from);
      case "OneOf" -> oneOf(from);
      case "Anything" -> new ValueType.Anything(from.small("maxBytes"));
      // Not "case String other": that makes it a pattern switch, for which the JDK makes a class at
      // run time, a large part of a short command's time.
      default -> throw new IllegalArgumentException("No kind of value: " + from.text("kind"));
    };
  }

  private static ValueType.Text text(Members from) {
    return new ValueType.Text(
        from.least("minLength"),
        from.small("maxLength"),
        from.word("format", TextFormat.values()),
        from.truth("multiline"),
        from.optionalText("pattern"),
        from.optionalText("patternMessage"));
  }

  private static ValueType choice(Members from) {
    var docs = new LinkedHashMap<String, String>();
    from.each("values", each -> docs.put(each.text("value"), each.text("doc")));
    return new ValueType.Choice(List.copyOf(docs.sequencedKeySet()), docs);
  }

  private static ValueType.ObjectOf members(Members from) {
    return new ValueType.ObjectOf(from.each("attributes", ModelImport::attribute));
  }

  private static ValueType oneOf(Members from) {
    var variants = new LinkedHashMap<String, ValueType.ObjectOf>();
    var docs = new LinkedHashMap<String, String>();
    for (var variant : from.each("variants", each -> each)) {
      variants.put(variant.text("kind"), members(variant));
      docs.put(variant.text("kind"), variant.text("doc"));
    }
    return new ValueType.OneOf(variants, Map.copyOf(docs));
  }

  /** Members of an object that is known to have them. */
  private record Members(Map<String, Object> tree) {
    private <T> T get(String name, Class<T> type) {
      return optional(name, type)
          .orElseThrow(() -> new IllegalArgumentException("The model has no " + name + " here"));
    }

    private <T> Optional<T> optional(String name, Class<T> type) {
      return Optional.ofNullable(tree.get(name)).map(type::cast);
    }

    String text(String name) {
      return get(name, String.class);
    }

    Optional<String> optionalText(String name) {
      return optional(name, String.class);
    }

    boolean truth(String name) {
      return optional(name, Boolean.class).orElse(false);
    }

    long whole(String name) {
      return get(name, Number.class).longValue();
    }

    int least(String name) {
      return tree.containsKey(name) ? small(name) : 0;
    }

    int small(String name) {
      return Math.toIntExact(whole(name));
    }

    BigDecimal decimal(String name) {
      return BigDecimal.valueOf(get(name, Number.class).doubleValue());
    }

    Members object(String name) {
      return new Members(Trees.object(get(name, Map.class)));
    }

    Optional<Members> optionalObject(String name) {
      return tree.containsKey(name) ? Optional.of(object(name)) : Optional.empty();
    }

    private Stream<?> elements(String name) {
      return optional(name, List.class).orElse(List.of()).stream();
    }

    List<String> texts(String name) {
      return elements(name).map(String.class::cast).toList();
    }

    <T> List<T> each(String name, Function<Members, T> reader) {
      return elements(name)
          .map(each -> reader.apply(new Members(Trees.object((Map<?, ?>) each))))
          .toList();
    }

    <E extends Enum<E>> E word(String name, E[] constants) {
      return named(text(name), constants);
    }

    <E extends Enum<E>> Set<E> words(String name, E[] constants) {
      return texts(name).stream()
          .map(word -> named(word, constants))
          .collect(Collectors.toUnmodifiableSet());
    }

    // None of the model's own words is marked @Wire, and to look for the mark costs a command more
    // than all the rest of this.
    private static <E extends Enum<E>> E named(String word, E[] constants) {
      var name = Names.constant(word);
      for (var each : constants) {
        if (each.name().equals(name)) {
          return each;
        }
      }
      throw new IllegalArgumentException("The model does not know " + word);
    }
  }
}
