package io.oarlock.model;

import io.oarlock.model.Attribute.Flag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of the model that can be checked once types have been read. */
final class ModelLint {
  private static final Pattern TYPE_NAME = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[a-zA-Z][A-Za-z0-9]*");

  private final List<ResourceType> types;
  private final List<ModelViolation> found;
  private final Validator validator;

  ModelLint(List<ResourceType> types, List<ModelViolation> found) {
    this.types = types;
    this.found = found;
    var names = types.stream().map(ResourceType::name).toList();
    this.validator = new Validator(Formats.of(names, Map.of()));
  }

  void run() {
    var words = new HashMap<String, String>();
    for (var type : types) {
      var faults = ModelFaults.of(type.name(), found);
      names(type, words, faults);
      sentence(type.doc(), faults);
      attributes(type.attributes(), false, faults);
      indexes(type, faults);
      actions(type, faults);
      example(type, faults);
    }
  }

  private static void names(ResourceType type, Map<String, String> words, ModelFaults faults) {
    claim(type.name(), type, words, faults);
    claim(type.plural(), type, words, faults);
    type.aliases().forEach(alias -> claim(alias, type, words, faults));
    if (type.group().isBlank()) {
      faults.add("has no group", "Name the heading it stands under in the docs.");
    }
  }

  private static void claim(
      String word, ResourceType type, Map<String, String> words, ModelFaults faults) {
    if (!TYPE_NAME.matcher(word).matches()) {
      faults.add("name " + word + " is not lower-case letters and digits", "Rename it.");
    }
    var other = words.putIfAbsent(word, type.name());
    if (other != null && !other.equals(type.name())) {
      faults.add("word " + word + " names " + other + " too", "Choose another word.");
    }
  }

  private static void sentence(String doc, ModelFaults faults) {
    if (!doc.isEmpty() && !doc.endsWith(".")) {
      faults.add("doc does not end with a full stop", "Write whole sentences.");
    }
  }

  private void attributes(List<Attribute> attributes, boolean inList, ModelFaults faults) {
    var names = new HashSet<String>();
    for (var attribute : attributes) {
      var here = faults.in(attribute.name());
      if (!names.add(attribute.name())) {
        here.add("is declared twice", "Rename one of them.");
      }
      if (!ATTRIBUTE_NAME.matcher(attribute.name()).matches()) {
        here.add("is no camelCase name", "Use letters and digits.");
      }
      sentence(attribute.doc(), here);
      exampleOf(attribute, here);
      defaultOf(attribute, here);
      if (inList && isGuarded(attribute)) {
        here.add(
            "is secret, immutable or written by the platform inside a list",
            "Move it out: what is stored for an element cannot be told once positions shift.");
      }
      inside(attribute.type(), inList, here);
    }
  }

  private static boolean isGuarded(Attribute attribute) {
    return attribute.is(Flag.SECRET)
        || attribute.is(Flag.IMMUTABLE)
        || attribute.is(Flag.READ_ONLY)
        || attribute.is(Flag.SHOWN_ONCE);
  }

  private void inside(ValueType type, boolean inList, ModelFaults faults) {
    switch (type) {
      case ValueType.ObjectOf(var members) -> attributes(members, inList, faults);
      case ValueType.OneOf(var variants, var docs) ->
          variants.forEach((kind, variant) -> {
            sentence(docs.getOrDefault(kind, ""), faults.in(kind));
            if (variant.attributes().stream().anyMatch(a -> a.name().equals(OneOfRule.KIND))) {
              faults.in(kind).add("has a component kind", "Rename it: kind tells variants.");
            }
            attributes(variant.attributes(), inList, faults.in(kind));
          });
      case ValueType.ListOf list -> inside(list.element(), true, faults);
      case ValueType.MapOf map -> inside(map.value(), inList, faults);
      case ValueType.Choice(_, var docs) ->
          docs.forEach((word, doc) -> sentence(doc, faults.in(word)));
      case ValueType.Text _,
          ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.Anything _ -> {}
    }
  }

  private void exampleOf(Attribute attribute, ModelFaults faults) {
    if (attribute.example().isPresent()) {
      check(attribute.type(), attribute.example().get(), "example", faults);
    } else if (needsExample(attribute.type())) {
      faults.add("has no example", "Add @Example with a value people would really use.");
    }
  }

  private static boolean needsExample(ValueType type) {
    return switch (type) {
      case ValueType.Text _, ValueType.Anything _ -> true;
      case ValueType.ListOf list -> needsExample(list.element());
      case ValueType.MapOf map -> needsExample(map.value());
      case ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.Choice _,
          ValueType.ObjectOf _,
          ValueType.OneOf _ ->
          false;
    };
  }

  private void defaultOf(Attribute attribute, ModelFaults faults) {
    var value = attribute.defaultValue();
    // An empty list is what stands when nothing was said, even where saying it asks for elements.
    if (value.isPresent() && !isEmpty(value.get())) {
      check(attribute.type(), value.get(), "default", faults);
    }
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private void check(ValueType type, Object value, String what, ModelFaults faults) {
    var wrong =
        validator.validate(type, value).stream()
            .filter(each -> !each.code().equals("read-only"))
            .findFirst();
    wrong.ifPresent(each -> faults.add(what + ": " + each.detail(), "Give a valid " + what + "."));
  }

  private static void indexes(ResourceType type, ModelFaults faults) {
    for (var index : type.indexes()) {
      for (var path : index.attributes()) {
        if (!exists(type.attributes(), path)) {
          faults.add("index on " + path + ", which is no attribute", "Name an attribute.");
        }
      }
    }
  }

  private static boolean exists(List<Attribute> attributes, String path) {
    var cut = path.indexOf('.');
    var name = cut < 0 ? path : path.substring(0, cut);
    var attribute = attributes.stream().filter(a -> a.name().equals(name)).findFirst();
    return attribute.isPresent()
        && (cut < 0 || existsIn(attribute.get().type(), path.substring(cut + 1)));
  }

  private static boolean existsIn(ValueType type, String path) {
    return switch (type) {
      case ValueType.ObjectOf(var members) -> exists(members, path);
      case ValueType.OneOf(var variants, _) ->
          path.equals(OneOfRule.KIND)
              || variants.values().stream().anyMatch(each -> exists(each.attributes(), path));
      case ValueType.ListOf list -> existsIn(list.element(), path);
      case ValueType.MapOf _, ValueType.Anything _ -> true;
      case ValueType.Text _,
          ValueType.Bool _,
          ValueType.Whole _,
          ValueType.Decimal _,
          ValueType.Choice _ ->
          false;
    };
  }

  private void actions(ResourceType type, ModelFaults faults) {
    var names = new HashSet<String>();
    for (var action : type.actions()) {
      var here = faults.in("action " + action.name());
      sentence(action.doc(), here);
      if (!names.add(action.name()) || !TYPE_NAME.matcher(action.name()).matches()) {
        here.add("name is taken or not lower-case letters and digits", "Rename it.");
      }
      action.input().ifPresent(input -> inside(input, false, here));
      action.output().ifPresent(output -> inside(output, false, here));
    }
  }

  /** Types that callers cannot create are exemplified by what the platform writes. */
  private void example(ResourceType type, ModelFaults faults) {
    var mode = type.allows(Operation.CREATE) ? Validator.Mode.CREATE : Validator.Mode.PLATFORM;
    for (var wrong : validator.validate(type, type.example(), mode, Optional.empty())) {
      faults.add("example: " + wrong.detail(), wrong.hint().orElse("Give a valid example."));
    }
  }
}
