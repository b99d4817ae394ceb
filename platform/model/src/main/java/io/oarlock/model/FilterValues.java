package io.oarlock.model;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The values of a filter: what a word, a quoted text, {@code date(…)} and {@code now(…)} mean. */
final class FilterValues {
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+\\.\\d+([eE]-?\\d+)?");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  /**
   * A value as it was written.
   *
   * @param value String, Long, Double or Boolean, by its look
   * @param text the letters it was written with, so that {@code name == 007} keeps its zeros
   */
  record Literal(Object value, String text) {}

  private final Clock clock;

  FilterValues(Clock clock) {
    this.clock = clock;
  }

  static Literal plain(FilterLexer.Token token) {
    var text = token.text();
    return token.kind() == FilterLexer.Kind.QUOTED
        ? new Literal(text, text)
        : new Literal(byLook(text), text);
  }

  private static Object byLook(String word) {
    if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      return Boolean.valueOf(word);
    }
    if (WHOLE.matcher(word).matches()) {
      return whole(word);
    }
    return DECIMAL.matcher(word).matches() ? (Object) Double.valueOf(word) : word;
  }

  /** A number beyond 64 bits stays text: identifiers made of digits are longer than that. */
  private static Object whole(String word) {
    try {
      return Long.valueOf(word);
    } catch (NumberFormatException _) {
      return word;
    }
  }

  Literal call(String function, String argument) {
    var instant =
        switch (function.toLowerCase(Locale.ROOT)) {
          case "now" -> now(argument);
          case "date" -> instant(argument);
          default ->
              throw new IllegalArgumentException(
                  "there is no function "
                      + Quote.of(function)
                      + "; a filter knows date(\"2026-11-21\") and now(\"-24h\").");
        };
    var text = Instants.text(instant);
    return new Literal(text, text);
  }

  private Instant now(String shift) {
    return shift.isEmpty() ? clock.instant() : clock.instant().plus(Durations.parse(shift));
  }

  /** Reads RFC 3339, or a day with or without the time of day, in UTC. */
  static Instant instant(String text) {
    try {
      return switch (text.length()) {
        case 10 -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        case 16 -> LocalDateTime.parse(text, MINUTE).toInstant(ZoneOffset.UTC);
        default -> OffsetDateTime.parse(text).toInstant();
      };
    } catch (DateTimeException _) {
      throw new IllegalArgumentException(
          Quote.of(text)
              + " is not a date; write \"2026-11-21\", \"2026-11-21 23:50\" or"
              + " \"2026-11-21T23:50:00Z\".");
    }
  }
}
