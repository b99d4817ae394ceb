package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Attribute;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code --set} says, typed by the model: {@code a.b=text}, {@code a:=JSON}, {@code a@=FILE}.
 * Lists take commas or repetition; for a list of lists, such as a tag expression, each repetition
 * is one inner list.
 */
final class Assignments {
  private final String owner;
  private final List<Attribute> attributes;
  private final Map<String, Object> tree;

  private Assignments(String owner, List<Attribute> attributes, Map<String, Object> base) {
    this.owner = owner;
    this.attributes = List.copyOf(attributes);
    this.tree = new LinkedHashMap<>(base);
  }

  /** The base with everything set that the texts say. */
  static Map<String, Object> apply(ResourceType type, Map<String, Object> base, List<String> texts)
      throws IOException {
    return apply(type.name(), type.attributes(), base, texts);
  }

  /** The same for the input of an action. */
  static Map<String, Object> apply(
      String owner, List<Attribute> attributes, Map<String, Object> base, List<String> texts)
      throws IOException {
    var assignments = new Assignments(owner, attributes, base);
    var set = new ArrayList<String>();
    for (var text : texts) {
      assignments.set(text, set);
    }
    return assignments.tree;
  }

  private void set(String text, List<String> alreadySet) throws IOException {
    var equals = text.indexOf('=');
    if (equals <= 0) {
      throw Failure.usage("Not an assignment: " + text, "Write --set attribute=value");
    }
    var operator = text.charAt(equals - 1);
    var typed = operator == ':' || operator == '@';
    var path = text.substring(0, typed ? equals - 1 : equals);
    var value = text.substring(equals + 1);
    var place = place(path);
    var again = alreadySet.contains(path);
    alreadySet.add(path);
    switch (operator) {
      case ':' -> put(path, json(path, value));
      case '@' -> put(path, content(value));
      default -> put(path, plain(path, place, value, again));
    }
  }

  // The attribute is looked up even where JSON makes its type plain: a mistyped name is told here.
  private ValueType place(String path) {
    var names = path.split("\\.", -1);
    var at = attribute(attributes, names[0], owner);
    for (var i = 1; i < names.length; i++) {
      at = member(at, names, i);
    }
    return at;
  }

  private ValueType member(ValueType in, String[] names, int index) {
    var path = String.join(".", List.of(names).subList(0, index));
    return switch (in) {
      case ValueType.ObjectOf object -> attribute(object.attributes(), names[index], path);
      case ValueType.OneOf one when names[index].equals("kind") ->
          new ValueType.Choice(List.copyOf(one.variants().keySet()), one.docs());
      case ValueType.OneOf one -> attribute(variantAttributes(one, path), names[index], path);
      case ValueType.MapOf map -> map.value();
      case ValueType.Anything anything -> anything;
      case ValueType.Text text -> throw noMembers(path);
      case ValueType.Bool bool -> throw noMembers(path);
      case ValueType.Whole whole -> throw noMembers(path);
      case ValueType.Decimal decimal -> throw noMembers(path);
      case ValueType.Choice choice -> throw noMembers(path);
      case ValueType.ListOf list -> throw noMembers(path);
    };
  }

  /** Those of the kind that is already set, else of all kinds. */
  private List<Attribute> variantAttributes(ValueType.OneOf one, String path) {
    var kind = Tree.at(tree, path + ".kind");
    var chosen = Optional.ofNullable(kind).map(k -> one.variants().get(k.toString()));
    return chosen
        .map(ValueType.ObjectOf::attributes)
        .orElseGet(
            () -> one.variants().values().stream().flatMap(v -> v.attributes().stream()).toList());
  }

  private static ValueType attribute(Collection<Attribute> attributes, String name, String where) {
    var names = new ArrayList<String>();
    for (var attribute : attributes) {
      if (attribute.name().equals(name)) {
        return attribute.type();
      }
      names.add(attribute.name());
    }
    throw Failure.usage(
        "There is no attribute \"" + name + "\" in " + where,
        Suggest.didYouMean(name, names).orElse("It has: " + String.join(", ", names)));
  }

  private static Failure noMembers(String path) {
    return Failure.usage("The attribute " + path + " is a plain value and has nothing below it");
  }

  private Object plain(String path, ValueType place, String text, boolean again) {
    return switch (place) {
      case ValueType.Text any -> text;
      case ValueType.Bool bool -> truth(path, text);
      case ValueType.Whole whole -> whole(path, text);
      case ValueType.Decimal decimal -> decimal(path, text);
      case ValueType.Choice choice -> choice(choice, text);
      case ValueType.ListOf list -> list(path, list, text, again);
      case ValueType.MapOf map -> pairs(path, map, text, again);
      case ValueType.ObjectOf object -> json(path, text);
      case ValueType.OneOf one -> json(path, text);
      case ValueType.Anything anything -> guessed(text);
    };
  }

  private static Boolean truth(String path, String text) {
    return switch (text) {
      case "true", "yes" -> true;
      case "false", "no" -> false;
      default -> throw Failure.usage(path + " is true or false, not \"" + text + "\"");
    };
  }

  private static Long whole(String path, String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw Failure.usage(path + " is a whole number, not \"" + text + "\"");
    }
  }

  private static Double decimal(String path, String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw Failure.usage(path + " is a number, not \"" + text + "\"");
    }
  }

  // Any case will do on a command line; a word that is none of them is left to the platform's
  // reply.
  private static String choice(ValueType.Choice choice, String text) {
    return choice.values().stream().filter(text::equalsIgnoreCase).findFirst().orElse(text);
  }

  private List<Object> list(String path, ValueType.ListOf list, String text, boolean again) {
    var values = new ArrayList<Object>();
    if (again && Tree.at(tree, path) instanceof List<?> before) {
      values.addAll(before);
    }
    if (text.startsWith("[") && json(path, text) instanceof List<?> given) {
      values.addAll(given);
    } else if (list.element() instanceof ValueType.ListOf inner) {
      values.add(elements(path, inner.element(), text));
    } else {
      values.addAll(elements(path, list.element(), text));
    }
    return values;
  }

  private List<Object> elements(String path, ValueType element, String text) {
    var values = new ArrayList<Object>();
    if (!text.isEmpty()) {
      for (var part : text.split(",", -1)) {
        values.add(plain(path, element, part, false));
      }
    }
    return values;
  }

  /** {@code annotations=key=value}, again for each further key. */
  private Map<String, Object> pairs(String path, ValueType.MapOf map, String text, boolean again) {
    if (text.startsWith("{")) {
      return Tree.map(json(path, text));
    }
    var values = new LinkedHashMap<String, Object>();
    if (again) {
      values.putAll(Tree.map(Tree.at(tree, path)));
    }
    var equals = text.indexOf('=');
    if (equals <= 0) {
      throw Failure.usage(path + " takes key=value or JSON, not \"" + text + "\"");
    }
    values.put(
        text.substring(0, equals), plain(path, map.value(), text.substring(equals + 1), false));
    return values;
  }

  private static Object guessed(String text) {
    try {
      var value = Json.parse(text);
      return value == null ? text : value;
    } catch (JsonException e) {
      return text;
    }
  }

  @SuppressWarnings("NullAway") // a merge patch says null where an attribute is to go
  private static Object json(String path, String text) {
    try {
      return Json.parse(text);
    } catch (JsonException e) {
      throw Failure.usage(path + " takes JSON: " + e.getMessage(), "Given: " + text);
    }
  }

  private static String content(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  @SuppressWarnings("unchecked") // trees have text keys only
  private void put(String path, @Nullable Object value) {
    var names = path.split("\\.", -1);
    var at = (Map<String, @Nullable Object>) (Map<String, ?>) tree;
    for (var i = 0; i < names.length - 1; i++) {
      var below = new LinkedHashMap<String, @Nullable Object>();
      below.putAll(Tree.map(at.get(names[i])));
      at.put(names[i], below);
      at = below;
    }
    at.put(names[names.length - 1], value);
  }
}
