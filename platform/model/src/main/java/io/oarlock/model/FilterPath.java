package io.oarlock.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Follows the dotted path of a filter through the attributes of a type. */
final class FilterPath {
  private static final Pattern DOT = Pattern.compile("\\.");

  private FilterPath() {}

  /** The path, when it can be one at all. */
  static String checked(String path) {
    if (path.startsWith("$")) {
      throw new IllegalArgumentException(
          "%s is a computed tag, no attribute; write normalizedTags CONTAINS \"%s=…\"."
              .formatted(Quote.of(path), path));
    }
    if (segments(path).anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          Quote.of(path) + " has an empty name in it; a path is names with single dots between.");
    }
    return path;
  }

  private static Stream<String> segments(String path) {
    return Stream.of(DOT.split(path, -1));
  }

  static ValueType resolve(ResourceType type, String path) {
    var at = (ValueType) new ValueType.ObjectOf(type.attributes());
    var walked = "";
    for (var segment : segments(path).toList()) {
      at = step(type.name(), at, walked, segment);
      walked = walked.isEmpty() ? segment : walked + "." + segment;
    }
    return at;
  }

  private static ValueType step(String typeName, ValueType at, String walked, String segment) {
    return switch (at) {
      case ValueType.ListOf list -> step(typeName, list.element(), walked, segment);
      case ValueType.MapOf map -> map.value();
      case ValueType.Anything anything -> anything;
      case ValueType.ObjectOf object -> member(typeName, object.attributes(), walked, segment);
      case ValueType.OneOf oneOf -> variant(typeName, oneOf, walked, segment);
      default ->
          throw new IllegalArgumentException(
              Quote.of(walked) + " " + FilterOperand.kind(at) + " and has no attributes.");
    };
  }

  private static ValueType variant(
      String typeName, ValueType.OneOf oneOf, String walked, String segment) {
    if (segment.equals("kind")) {
      return new ValueType.Choice(List.copyOf(oneOf.variants().keySet()), oneOf.docs());
    }
    var all = oneOf.variants().values().stream().flatMap(v -> v.attributes().stream()).toList();
    var types =
        all.stream()
            .filter(a -> a.name().equals(segment) && !a.is(Attribute.Flag.HIDDEN))
            .map(Attribute::type)
            .distinct()
            .count();
    var found = member(typeName, all, walked, segment);
    return types == 1 ? found : new ValueType.Anything(0);
  }

  private static ValueType member(
      String typeName, Collection<Attribute> attributes, String walked, String segment) {
    var visible = attributes.stream().filter(a -> !a.is(Attribute.Flag.HIDDEN)).toList();
    var named = visible.stream().filter(a -> a.name().equals(segment)).toList();
    if (named.isEmpty()) {
      throw unknown(typeName, visible, walked, segment);
    }
    named.stream()
        .flatMap(attribute -> unfilterable(attribute).stream())
        .findFirst()
        .ifPresent(why -> {
          throw new IllegalArgumentException(Quote.of(segment) + " cannot be filtered on: " + why);
        });
    return named.getFirst().type();
  }

  private static Optional<String> unfilterable(Attribute attribute) {
    if (attribute.is(Attribute.Flag.SECRET) || attribute.is(Attribute.Flag.SHOWN_ONCE)) {
      return Optional.of("it is secret, and answers would give it away piece by piece.");
    }
    return attribute.is(Attribute.Flag.TRANSIENT)
        ? Optional.of("it is never stored.")
        : Optional.empty();
  }

  private static IllegalArgumentException unknown(
      String typeName, List<Attribute> attributes, String walked, String segment) {
    var owner = walked.isEmpty() ? typeName : walked + " of " + typeName;
    var hint = Suggest.didYouMean(segment, attributes.stream().map(Attribute::name).toList());
    return new IllegalArgumentException(
        "%s has no attribute %s.%s"
            .formatted(owner, Quote.of(segment), hint.map(text -> " " + text).orElse("")));
  }
}
