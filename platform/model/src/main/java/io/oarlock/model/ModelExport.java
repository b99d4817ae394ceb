package io.oarlock.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The model as a tree, for readers who know no Java: the committed model.json, the command line,
 * the console and the TypeScript types. The order is that of the declarations, always the same;
 * flags that are false, least lengths of zero and empty lists are left out.
 */
public final class ModelExport {
  /** Grows when a reader of the older form would misread the newer. */
  public static final long FORMAT = 1;

  private ModelExport() {}

  /** The whole model; {@link ModelImport} reads it. */
  public static Map<String, Object> tree(ResourceModel model) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("format", FORMAT);
    tree.put("types", list(model.types(), ModelExport::tree));
    return tree;
  }

  /** One type. */
  public static Map<String, Object> tree(ResourceType type) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", type.name());
    tree.put("plural", type.plural());
    tree.put("group", type.group());
    tree.put("doc", type.doc());
    say(tree, "aliases", new ArrayList<Object>(type.aliases()));
    say(tree, "operations", words(type.operations()));
    say(tree, "traits", words(type.traits()));
    type.retention().ifPresent(retention -> tree.put("retention", retention.toString()));
    tree.put("attributes", list(type.attributes(), ModelExport::tree));
    say(tree, "indexes", list(type.indexes(), ModelExport::tree));
    say(tree, "actions", list(type.actions(), ModelExport::tree));
    tree.put("example", Trees.copy(type.example()));
    return tree;
  }

  private static Map<String, Object> tree(Attribute attribute) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", attribute.name());
    tree.put("label", attribute.label());
    tree.put("doc", attribute.doc());
    tree.put("type", tree(attribute.type()));
    say(tree, "required", attribute.required());
    say(tree, "flags", words(attribute.flags()));
    attribute.defaultValue().ifPresent(value -> tree.put("default", Trees.copy(value)));
    attribute.example().ifPresent(value -> tree.put("example", Trees.copy(value)));
    return tree;
  }

  private static Map<String, Object> tree(Index index) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("attributes", new ArrayList<Object>(index.attributes()));
    say(tree, "unique", index.unique());
    return tree;
  }

  private static Map<String, Object> tree(Action action) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", action.name());
    tree.put("method", action.method());
    tree.put("doc", action.doc());
    say(tree, "onType", action.onType());
    tree.put("permission", Names.wire(action.permission()));
    action.input().ifPresent(input -> tree.put("input", tree(input)));
    action.output().ifPresent(output -> tree.put("output", tree(output)));
    return tree;
  }

  private static Map<String, Object> tree(ValueType type) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("kind", type.getClass().getSimpleName());
    switch (type) {
      case ValueType.Text text -> putText(text, tree);
      case ValueType.Bool _ -> {}
      case ValueType.Whole(var min, var max) -> putBounds(min, max, tree);
      case ValueType.Decimal(var min, var max) -> putBounds(number(min), number(max), tree);
      case ValueType.Choice(var values, var docs) ->
          tree.put("values", list(values, word -> documented("value", word, docs)));
      case ValueType.ListOf list -> putList(list, tree);
      case ValueType.MapOf map -> putMap(map, tree);
      case ValueType.ObjectOf object -> putMembers(object, tree);
      case ValueType.OneOf choice ->
          tree.put("variants", list(choice.variants().keySet(), kind -> variant(kind, choice)));
      case ValueType.Anything(var maxBytes) -> tree.put("maxBytes", (long) maxBytes);
    }
    return tree;
  }

  private static void putText(ValueType.Text text, Map<String, Object> tree) {
    say(tree, "minLength", (long) text.minLength());
    tree.put("maxLength", (long) text.maxLength());
    tree.put("format", Names.wire(text.format()));
    say(tree, "multiline", text.multiline());
    text.pattern().ifPresent(pattern -> tree.put("pattern", pattern));
    text.patternMessage().ifPresent(message -> tree.put("patternMessage", message));
  }

  private static void putBounds(Object min, Object max, Map<String, Object> tree) {
    tree.put("min", min);
    tree.put("max", max);
  }

  private static Object number(BigDecimal number) {
    return number.doubleValue();
  }

  private static void putList(ValueType.ListOf list, Map<String, Object> tree) {
    tree.put("element", tree(list.element()));
    say(tree, "minItems", (long) list.minItems());
    tree.put("maxItems", (long) list.maxItems());
    say(tree, "distinct", list.distinct());
  }

  private static void putMap(ValueType.MapOf map, Map<String, Object> tree) {
    tree.put("value", tree(map.value()));
    tree.put("maxEntries", (long) map.maxEntries());
    tree.put("key", tree(map.key()));
  }

  private static void putMembers(ValueType.ObjectOf object, Map<String, Object> tree) {
    tree.put("attributes", list(object.attributes(), ModelExport::tree));
  }

  private static Map<String, Object> variant(String kind, ValueType.OneOf choice) {
    var tree = documented("kind", kind, choice.docs());
    putMembers(choice.variants().getOrDefault(kind, new ValueType.ObjectOf(List.of())), tree);
    return tree;
  }

  private static Map<String, Object> documented(
      String member, String word, Map<String, String> docs) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put(member, word);
    tree.put("doc", docs.getOrDefault(word, ""));
    return tree;
  }

  /** Leaves out what goes without saying: false, zero and empty lists. */
  private static void say(Map<String, Object> tree, String name, Object value) {
    if (!(value.equals(false) || value.equals(0L) || value.equals(List.of()))) {
      tree.put(name, value);
    }
  }

  private static <E extends Enum<E>> List<Object> words(Collection<E> constants) {
    return constants.stream().sorted().map(each -> (Object) Names.wire(each)).toList();
  }

  private static <T> List<Object> list(Collection<T> values, Function<T, Object> each) {
    return values.stream().map(each).toList();
  }
}
