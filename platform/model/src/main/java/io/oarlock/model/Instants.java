package io.oarlock.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The one text form of instants, RFC 3339 in UTC with exactly three digits of a second, so that
 * text order is time order: {@code 2026-11-21T23:50:00.000Z}.
 */
public final class Instants implements TextCheck {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  Instants() {}

  /** The text of an instant, cut to milliseconds. */
  public static String text(Instant instant) {
    return FORM.format(instant);
  }

  /** The instant of a text in any offset, cut to milliseconds. */
  public static Instant parse(String text) {
    return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Optional<Fault> fault(String text) {
    try {
      var instant = parse(text);
      return instant.isBefore(FIRST) || instant.isAfter(LAST)
          ? Fault.of("is not between the years 1 and 9999")
          : Optional.empty();
    } catch (DateTimeException _) {
      return Fault.of("is not a date and time like 2026-11-21T23:50:00.000Z (RFC 3339)");
    }
  }

  @Override
  public String normalise(String text) {
    return text(parse(text));
  }
}
