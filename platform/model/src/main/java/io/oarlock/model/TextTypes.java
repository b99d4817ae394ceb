package io.oarlock.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the Java types that are text on the wire. */
final class TextTypes {
  /** Longest text inside a list or map, whose own @Size bounds the number of its elements. */
  static final int ELEMENT_MAX = 1024;

  /** Formats with a length of their own; the others need @Size. */
  private static final Map<TextFormat, Integer> BOUNDS =
      Map.ofEntries(
          Map.entry(TextFormat.INSTANT, 64),
          Map.entry(TextFormat.DURATION, 64),
          Map.entry(TextFormat.TAG, Tag.BYTES_LIMIT - 1),
          Map.entry(TextFormat.TAG_TERM, Tag.BYTES_LIMIT),
          Map.entry(TextFormat.NAMESPACE, NamespacePath.LENGTH_MAX),
          Map.entry(TextFormat.CIDR, 64),
          Map.entry(TextFormat.CRON, 256),
          Map.entry(TextFormat.TIME_ZONE, 64),
          Map.entry(TextFormat.URL, 2048),
          Map.entry(TextFormat.EMAIL, 254),
          Map.entry(TextFormat.PORTS, 64),
          Map.entry(TextFormat.FILTER, 4096),
          Map.entry(TextFormat.RESOURCE_TYPE, 64),
          Map.entry(TextFormat.PERMITTED_TYPE, 64),
          Map.entry(TextFormat.PERMISSION, 512),
          Map.entry(TextFormat.ID, 64));

  private static final Set<TextFormat> MULTILINE =
      Set.of(TextFormat.MARKDOWN, TextFormat.JAVASCRIPT, TextFormat.PEM);

  private static final Map<Class<?>, TextFormat> VALUES =
      Map.of(
          Instant.class, TextFormat.INSTANT,
          Duration.class, TextFormat.DURATION,
          NamespacePath.class, TextFormat.NAMESPACE,
          Tag.class, TextFormat.TAG);

  private TextTypes() {}

  /** The format of a Java type; empty when it is not text on the wire. */
  static Optional<TextFormat> format(Class<?> type, Facets facets) {
    return type == String.class
        ? Optional.of(facets.format())
        : Optional.ofNullable(VALUES.get(type));
  }

  static Optional<ValueType> read(TextFormat format, Facets facets, ModelFaults faults) {
    var bound = Optional.ofNullable(BOUNDS.get(format));
    if (facets.size().isEmpty() && bound.isEmpty() && !facets.isInner()) {
      faults.add("is unbounded text", "Add @Size(max = …), in characters.");
      return Optional.empty();
    }
    return Optional.of(
        new ValueType.Text(
            facets.size().map(Size::min).orElse(facets.isInner() ? 1 : 0),
            longest(facets).or(() -> bound).orElse(ELEMENT_MAX),
            format,
            MULTILINE.contains(format),
            facets.matches().map(Matches::value),
            facets.matches().map(Matches::message)));
  }

  /** The keys of a map, which are text as any other. */
  static Optional<ValueType.Text> key(Optional<Keys> declared, ModelFaults faults) {
    var bound =
        declared.flatMap(keys ->
            keys.max() > 0
                ? Optional.of(keys.max())
                : Optional.ofNullable(BOUNDS.get(keys.format())));
    if (bound.isEmpty()) {
      faults.add("has unbounded keys", "Add @Keys with a max in characters, or with a format.");
    }
    return bound.map(max -> key(declared.orElseThrow(), max));
  }

  private static ValueType.Text key(Keys keys, int max) {
    return new ValueType.Text(
        1,
        max,
        keys.format(),
        false,
        Optional.of(keys.pattern()).filter(pattern -> !pattern.isEmpty()),
        Optional.of(keys.message()).filter(message -> !message.isEmpty()));
  }

  private static Optional<Integer> longest(Facets facets) {
    return facets.isInner()
        ? facets.elements().map(ElementSize::max)
        : facets.size().map(Size::max);
  }

  /** Lines of terms. */
  static ValueType tagExpression() {
    var term =
        new ValueType.Text(
            1, Tag.BYTES_LIMIT, TextFormat.TAG_TERM, false, Optional.empty(), Optional.empty());
    var line = new ValueType.ListOf(term, 1, TagExpression.TERMS_MAX, true);
    return new ValueType.ListOf(line, 0, TagExpression.LINES_MAX, false);
  }
}
