package io.oarlock.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Durations as people write them. ISO 8601 ({@code PT1H30M}) is what is stored and shown; Go's form
 * ({@code 1h30m}, here with {@code d} for 24 hours too) is understood where input says so.
 */
public final class Durations {
  /** Longest text that can be a duration. */
  public static final int TEXT_MAX = 64;

  /** No duration is longer, forwards or backwards. */
  public static final Duration MAX = Duration.ofDays(36_600);

  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L,
          "d", 86_400_000_000_000L);

  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h|d)");
  private static final Pattern GO = Pattern.compile("[+-]?(0|(\\d+(\\.\\d+)?(ns|us|ms|s|m|h|d))+)");

  private Durations() {}

  /** Reads {@code PT30S} or {@code 30s}, either with a sign. */
  public static Duration parse(String text) {
    if (text.length() > TEXT_MAX) {
      throw refuse(text, "it is longer than " + TEXT_MAX + " characters");
    }
    try {
      var duration = GO.matcher(text).matches() ? go(text) : Duration.parse(text);
      if (duration.abs().compareTo(MAX) > 0) {
        throw refuse(text, "it is longer than " + MAX.toDays() + " days");
      }
      return duration;
    } catch (DateTimeParseException | ArithmeticException _) {
      throw refuse(text, "it has neither form");
    }
  }

  /** The form that is stored and shown. */
  public static String text(Duration duration) {
    return duration.toString();
  }

  private static Duration go(String text) {
    var nanos = BigDecimal.ZERO;
    var parts = PART.matcher(text);
    while (parts.find()) {
      var unit = BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 1L));
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit));
    }
    var whole = nanos.toBigInteger();
    var second = BigInteger.valueOf(1_000_000_000L);
    var length =
        Duration.ofSeconds(
            whole.divide(second).longValueExact(), whole.mod(second).longValueExact());
    return text.startsWith("-") ? length.negated() : length;
  }

  private static IllegalArgumentException refuse(String text, String reason) {
    return new IllegalArgumentException(
        Quote.of(text)
            + " is not a duration: "
            + reason
            + ". Write ISO 8601 such as PT1H30M, or hours, minutes and seconds such as 1h30m.");
  }
}
