package io.oarlock.http;

import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.ResourceType;
import io.oarlock.model.TextFormat;
import io.oarlock.model.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** JSON Schemas (2020-12, as in OpenAPI 3.1) of what the model declares, bounds included. */
final class Schemas {
  private Schemas() {}

  /** A resource as it is written and read. */
  static Map<String, Object> resource(ResourceType type) {
    return Tree.of("title", type.name())
        .put("description", type.doc())
        .putAll(object(type.attributes()))
        .put("examples", List.of(type.example()))
        .map();
  }

  /** What a merge patch of it may hold: everything may be left out, null removes. */
  static Map<String, Object> patch(ResourceType type) {
    var properties = new Tree();
    for (var attribute : type.attributes()) {
      if (!attribute.is(Flag.HIDDEN)
          && !attribute.is(Flag.READ_ONLY)
          && !attribute.is(Flag.IMMUTABLE)) {
        var value = Map.<String, Object>of("type", "null");
        properties.put(attribute.name(), Map.of("anyOf", List.of(of(attribute.type()), value)));
      }
    }
    return Tree.of("description", "A merge patch (RFC 7396) of a " + type.name() + ".")
        .put("type", "object")
        .put("properties", properties)
        .put("additionalProperties", false)
        .map();
  }

  private static Map<String, Object> object(List<Attribute> attributes) {
    var properties = new Tree();
    var required = new ArrayList<String>();
    for (var attribute : attributes) {
      if (!attribute.is(Flag.HIDDEN)) {
        properties.put(attribute.name(), attribute(attribute));
        if (attribute.required()) {
          required.add(attribute.name());
        }
      }
    }
    var schema = Tree.of("type", "object").put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema.put("additionalProperties", false).map();
  }

  private static Map<String, Object> attribute(Attribute attribute) {
    var schema =
        Tree.of("title", attribute.label())
            .put("description", attribute.doc())
            .putAll(of(attribute.type()))
            .put("default", attribute.defaultValue())
            .put("examples", attribute.example().map(List::of));
    mark(schema, attribute, Flag.READ_ONLY, "readOnly");
    mark(schema, attribute, Flag.SECRET, "writeOnly");
    mark(schema, attribute, Flag.IMMUTABLE, "x-immutable");
    mark(schema, attribute, Flag.SHOWN_ONCE, "x-shown-once");
    mark(schema, attribute, Flag.FILTERABLE, "x-filterable");
    mark(schema, attribute, Flag.ORDERABLE, "x-orderable");
    mark(schema, attribute, Flag.UNIQUE, "x-unique");
    return schema.map();
  }

  private static void mark(Tree schema, Attribute attribute, Flag flag, String keyword) {
    if (attribute.is(flag)) {
      schema.put(keyword, true);
    }
  }

  static Map<String, Object> of(ValueType type) {
    return switch (type) {
      case ValueType.Text text -> text(text);
      case ValueType.Bool _ -> Map.of("type", "boolean");
      case ValueType.Whole whole -> whole(whole);
      case ValueType.Decimal decimal ->
          Tree.of("type", "number")
              .put("minimum", number(decimal.min()))
              .put("maximum", number(decimal.max()))
              .map();
      case ValueType.Choice choice -> choice(choice);
      case ValueType.ListOf list ->
          Tree.of("type", "array")
              .put("items", of(list.element()))
              .put("minItems", (long) list.minItems())
              .put("maxItems", (long) list.maxItems())
              .put("uniqueItems", list.distinct())
              .map();
      case ValueType.MapOf map ->
          Tree.of("type", "object")
              .put("additionalProperties", of(map.value()))
              .put("maxProperties", (long) map.maxEntries())
              .put("propertyNames", text(map.key()))
              .map();
      case ValueType.ObjectOf object -> object(object.attributes());
      case ValueType.OneOf oneOf -> oneOf(oneOf);
      case ValueType.Anything any ->
          Map.of("description", "Any JSON value of at most " + any.maxBytes() + " bytes.");
    };
  }

  private static Map<String, Object> text(ValueType.Text text) {
    var schema =
        Tree.of("type", "string")
            .put("minLength", (long) text.minLength())
            .put("maxLength", (long) text.maxLength())
            .put("pattern", text.pattern().map(pattern -> "^(?:" + pattern + ")$"));
    if (text.format() != TextFormat.PLAIN) {
      schema.put("format", format(text.format()));
    }
    return schema.map();
  }

  private static String format(TextFormat format) {
    return switch (format) {
      case INSTANT -> "date-time";
      case URL -> "uri";
      case PLAIN,
          DURATION,
          TAG,
          TAG_TERM,
          NAMESPACE,
          CIDR,
          CRON,
          TIME_ZONE,
          PEM,
          EMAIL,
          PORTS,
          FILTER,
          RESOURCE_TYPE,
          PERMITTED_TYPE,
          PERMISSION,
          ID,
          MARKDOWN,
          JAVASCRIPT ->
          format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    };
  }

  private static Map<String, Object> whole(ValueType.Whole whole) {
    return Tree.of("type", "integer")
        .put("format", "int64")
        .put("minimum", whole.min())
        .put("maximum", whole.max())
        .map();
  }

  /** Whole numbers as such: {@code 20}, not {@code 20.0}. */
  private static Object number(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(EXACT) < 0
        ? (Object) value.longValueExact()
        : (Object) value.doubleValue();
  }

  private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

  private static Map<String, Object> choice(ValueType.Choice choice) {
    var schema = Tree.of("type", "string").put("enum", choice.values());
    if (!choice.docs().isEmpty()) {
      schema.put("x-enum-descriptions", inOrder(choice.values(), choice.docs()));
    }
    return schema.map();
  }

  private static Tree inOrder(List<String> words, Map<String, String> docs) {
    var tree = new Tree();
    for (var word : words) {
      tree.put(word, docs.getOrDefault(word, ""));
    }
    return tree;
  }

  private static Map<String, Object> oneOf(ValueType.OneOf oneOf) {
    var variants = new ArrayList<Map<String, Object>>();
    oneOf.variants().forEach((kind, variant) -> variants.add(variant(oneOf, kind, variant)));
    return Map.of("oneOf", variants);
  }

  /** A variant is told by its {@code kind}, which the model leaves unsaid among its attributes. */
  private static Map<String, Object> variant(
      ValueType.OneOf oneOf, String kind, ValueType.ObjectOf variant) {
    var object = object(variant.attributes());
    var properties = Tree.of("kind", Map.of("const", kind));
    var required = new ArrayList<Object>(List.of("kind"));
    if (object.get("properties") instanceof Map<?, ?> declared) {
      declared.forEach((name, schema) -> properties.put((String) name, schema));
    }
    if (object.get("required") instanceof List<?> names) {
      required.addAll(names);
    }
    var schema = Tree.of("title", kind);
    var doc = oneOf.docs().getOrDefault(kind, "");
    if (!doc.isEmpty()) {
      schema.put("description", doc);
    }
    return schema
        .put("type", "object")
        .put("properties", properties)
        .put("required", required)
        .put("additionalProperties", false)
        .map();
  }
}
