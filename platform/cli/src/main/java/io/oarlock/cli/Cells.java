package io.oarlock.cli;

import io.oarlock.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values in a few characters. */
final class Cells {
  private Cells() {}

  // No pattern switch: the JDK makes a class for each at run time, which no start-up cache keeps.
  static String of(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof List<?> list) {
      return isExpression(list)
          ? expression(list)
          : list.stream().map(Cells::of).collect(Collectors.joining(","));
    }
    if (value instanceof Map<?, ?> map) {
      return map.get("kind") instanceof String kind ? kind : Json.text(map);
    }
    return value.toString();
  }

  private static boolean isExpression(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(List.class::isInstance);
  }

  /** A tag expression: the outer list says or, the inner ones and. */
  private static String expression(List<?> lines) {
    return lines.stream()
        .map(line -> of(line).replace(",", " & "))
        .collect(Collectors.joining(" | "));
  }

  /** How long ago: {@code 42s}, {@code 5m}, {@code 3h}, {@code 12d}, {@code 2y}. */
  static String age(@Nullable Object instant, Instant now) {
    if (!(instant instanceof String text)) {
      return "";
    }
    try {
      return span(Duration.between(Instant.parse(text), now));
    } catch (DateTimeParseException e) {
      return text;
    }
  }

  private static String span(Duration span) {
    var seconds = Math.max(0, span.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    if (seconds < 2 * 86_400) {
      return seconds / 3600 + "h";
    }
    return seconds < 2 * 365 * 86_400L ? seconds / 86_400 + "d" : seconds / (365 * 86_400L) + "y";
  }
}
