package io.oarlock.cli;

import io.oarlock.model.Attribute;
import io.oarlock.model.Attribute.Flag;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.TextFormat;
import io.oarlock.model.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which attributes a table shows. */
final class Columns {
  /** A column that is computed: how long ago the resource was created. */
  static final String AGE = "age";

  private static final int OWN_MAX = 4;
  private static final int OWN_WIDE_MAX = 9;

  // Every type has these; a reader looks for what is special about one.
  private static final Set<String> COMMON =
      Set.of(
          "id",
          "namespace",
          "name",
          "description",
          "createTime",
          "updateTime",
          "version",
          "annotations",
          "metadata",
          "associatedTags",
          "normalizedTags",
          "protected",
          "propagate",
          "propagationHidden",
          "fallback",
          "activeSchedule",
          "activeDuration",
          "expirationTime");

  private Columns() {}

  static List<String> of(ResourceType type, boolean manyNamespaces, boolean wide) {
    var columns = new LinkedHashSet<String>();
    if (wide) {
      columns.add("id");
    }
    columns.add(type.attribute("name").isPresent() ? "name" : "id");
    if (manyNamespaces) {
      columns.add("namespace");
    }
    columns.addAll(own(type, wide ? OWN_WIDE_MAX : OWN_MAX));
    if (wide) {
      columns.add("associatedTags");
      columns.add("version");
    }
    columns.removeIf(name -> type.attribute(name).isEmpty());
    if (type.attribute("createTime").isPresent()) {
      columns.add(AGE);
    }
    return List.copyOf(columns);
  }

  /** The most telling ones, in the order of the model. */
  private static List<String> own(ResourceType type, int max) {
    var chosen =
        type.attributes().stream()
            .filter(attribute -> weight(attribute) > 0)
            // Comparator.comparingInt would be a lambda that no start-up cache keeps.
            .sorted((one, other) -> weight(other) - weight(one))
            .limit(max)
            .map(Attribute::name)
            .collect(Collectors.toSet());
    return type.attributes().stream().map(Attribute::name).filter(chosen::contains).toList();
  }

  private static int weight(Attribute attribute) {
    var unshown = Set.of(Flag.HIDDEN, Flag.SECRET, Flag.TRANSIENT, Flag.SHOWN_ONCE, Flag.CODE);
    if (COMMON.contains(attribute.name()) || unshown.stream().anyMatch(attribute::is)) {
      return 0;
    }
    var base = weight(attribute.type());
    return base == 0
        ? 0
        : base + (attribute.is(Flag.FILTERABLE) ? 3 : 0) + (attribute.required() ? 2 : 0);
  }

  // No pattern switch: the JDK makes a class for each at run time, which no start-up cache keeps.
  private static int weight(ValueType type) {
    if (type instanceof ValueType.OneOf) {
      return 5;
    }
    if (type instanceof ValueType.Choice) {
      return 4;
    }
    if (type instanceof ValueType.Text text) {
      return weight(text);
    }
    if (type instanceof ValueType.ListOf list) {
      return list.element() instanceof ValueType.ListOf ? 4 : Math.min(2, weight(list.element()));
    }
    var scalar =
        type instanceof ValueType.Bool
            || type instanceof ValueType.Whole
            || type instanceof ValueType.Decimal;
    return scalar ? 1 : 0;
  }

  private static int weight(ValueType.Text text) {
    var format = text.format();
    var readable = !text.multiline() && format != TextFormat.PEM && format != TextFormat.JAVASCRIPT;
    return readable ? 2 : 0;
  }

  /** What {@code -c} names; each must begin with an attribute of the type. */
  static List<String> named(ResourceType type, String list) {
    var names = new ArrayList<String>();
    for (var name : list.split(",", -1)) {
      names.add(checked(type, name.strip()));
    }
    return names;
  }

  private static String checked(ResourceType type, String name) {
    var dot = name.indexOf('.');
    var first = dot < 0 ? name : name.substring(0, dot);
    if (first.equals(AGE) || type.attribute(first).isPresent()) {
      return name;
    }
    var known = type.attributes().stream().map(Attribute::name).toList();
    throw Failure.usage(
        "There is no attribute \"" + first + "\" in " + type.name(),
        Suggest.didYouMean(first, known).orElse("All attributes: oarlock explain " + type.name()));
  }
}
