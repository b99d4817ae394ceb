package io.oarlock.engine;

import io.oarlock.model.types.Trigger.Misfire;
import io.oarlock.model.types.Trigger.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When an automation with trigger OnSchedule is due; has either {@code cron} or {@code every}.
 *
 * @param zone in which {@code cron} is read
 * @param jitter longest delay after a slot
 */
public record Timetable(
    Optional<String> cron,
    Optional<Duration> every,
    ZoneId zone,
    Misfire misfire,
    Overlap overlap,
    Duration jitter) {

  /** Of a trigger in tree form. */
  public static Timetable of(Map<String, Object> trigger) {
    return new Timetable(
        Trees.text(trigger, "cron"),
        Trees.text(trigger, "every").map(Duration::parse),
        ZoneId.of(Trees.text(trigger, "timeZone").orElse("UTC")),
        Trees.text(trigger, "misfire").map(w -> Misfire.valueOf(upper(w))).orElse(Misfire.ONCE),
        Trees.text(trigger, "overlap").map(w -> Overlap.valueOf(upper(w))).orElse(Overlap.SKIP),
        Trees.text(trigger, "jitter").map(Duration::parse).orElse(Duration.ZERO));
  }

  private static String upper(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  /** The first slot after that one, or after any instant; empty when there is none any more. */
  public Optional<Instant> next(Crons crons, Instant after) {
    return every.isPresent()
        ? Optional.of(after.plus(every.get()))
        : cron.flatMap(expression -> crons.next(expression, zone, after));
  }

  /** Whether both have the same slots, whatever happens at them. */
  boolean hasSlotsOf(Timetable other) {
    return cron.equals(other.cron) && every.equals(other.every) && zone.equals(other.zone);
  }
}
