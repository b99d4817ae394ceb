package io.oarlock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oarlock.model.Problem;
import io.oarlock.model.Suggest;
import io.oarlock.model.Violation;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters after the {@code ?}, each given once. */
final class Query {
  /** How many a request may have. */
  static final int PARAMETERS_MAX = 64;

  private static final Query NONE = new Query(Map.of());

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    var parts = raw.split("&", PARAMETERS_MAX + 1);
    if (parts.length > PARAMETERS_MAX) {
      throw Problem.malformed("A request has at most " + PARAMETERS_MAX + " query parameters");
    }
    var values = new LinkedHashMap<String, String>();
    for (var part : parts) {
      put(values, part);
    }
    return new Query(values);
  }

  private static void put(Map<String, String> values, String part) {
    if (part.isEmpty()) {
      return;
    }
    var equals = part.indexOf('=');
    var name = decode(equals < 0 ? part : part.substring(0, equals));
    var value = equals < 0 ? "" : decode(part.substring(equals + 1));
    if (values.putIfAbsent(name, value) != null) {
      throw refusal("duplicate-parameter", name, "is given twice; give it once");
    }
  }

  /** Percent-decoding of a query part, where {@code +} is a space. */
  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.malformed("\"" + text + "\" is not percent-encoded UTF-8");
    }
  }

  Map<String, String> values() {
    return values;
  }

  /** Refuses every parameter not listed, all of them at once. */
  void allow(Collection<String> known) {
    var violations = new ArrayList<Violation>();
    for (var name : values.keySet()) {
      if (!known.contains(name)) {
        violations.add(unknown(name, known));
      }
    }
    if (!violations.isEmpty()) {
      throw new Problem(
          Problem.Kind.MALFORMED,
          "unknown-parameter",
          "Unknown query parameter",
          violations.getFirst().detail(),
          violations);
    }
  }

  private static Violation unknown(String name, Collection<String> known) {
    var rule = known.isEmpty() ? "it takes none" : "it takes " + String.join(", ", known);
    var detail = "This route has no query parameter \"" + name + "\"; " + rule;
    var violation = Violation.of("unknown-parameter", detail, "");
    return Suggest.didYouMean(name, known).map(violation::withHint).orElse(violation);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /** A switch: {@code ?name}, {@code ?name=true}. */
  boolean flag(String name) {
    return switch (values.get(name)) {
      case null -> false;
      case "", "true" -> true;
      case "false" -> false;
      case String other ->
          throw refusal("not-a-boolean", name, "is true or false, not \"" + other + "\"");
    };
  }

  /** A whole number from 1. */
  Optional<Integer> positive(String name) {
    return text(name).map(value -> positive(name, value));
  }

  private static int positive(String name, String value) {
    try {
      var number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a number out of range.
    }
    throw refusal("not-a-number", name, "is a whole number from 1, not \"" + value + "\"");
  }

  /** A sequence number of the event log. */
  Optional<Long> sequence(String name) {
    return text(name).map(value -> sequence(name, value));
  }

  static long sequence(String name, String value) {
    try {
      var number = Long.parseLong(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a number out of range.
    }
    throw refusal("not-a-number", name, "is a whole number from 0, not \"" + value + "\"");
  }

  /** Words between commas. */
  List<String> words(String name) {
    return text(name).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  static Problem refusal(String code, String name, String rule) {
    var detail = "Parameter \"" + name + "\" " + rule;
    return new Problem(
        Problem.Kind.MALFORMED,
        code,
        "A parameter cannot be read",
        detail,
        List.of(Violation.of(code, detail, "")));
  }
}
