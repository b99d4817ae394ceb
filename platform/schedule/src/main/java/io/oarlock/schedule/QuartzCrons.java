package io.oarlock.schedule;

import io.oarlock.engine.Crons;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.CronExpression;

/**
 * Cron as Quartz understands it: six or seven fields, seconds first. Five-field cron is accepted
 * and means second 0; its days of the week count from Sunday = 0, as in crontab(5).
 *
 * <p>Daylight saving by Quartz's rules: a time that does not exist on the day clocks go forward is
 * skipped that day; a time that exists twice fires once.
 */
public final class QuartzCrons implements Crons {
  /** Parsed expressions remembered, by text and zone. */
  private static final int CACHE_MAX = 10_000;

  private static final int FIELDS_CRONTAB = 5;

  private record Key(String cron, ZoneId zone) {}

  private final Map<Key, CronExpression> parsed = new ConcurrentHashMap<>();

  @Override
  public Optional<String> fault(String cron) {
    try {
      parse(cron);
      return Optional.empty();
    } catch (ParseException | IllegalArgumentException e) {
      return Optional.of(
          "is not a cron expression: "
              + e.getMessage()
              + ". It has six or seven fields (second minute hour day month weekday [year]), or the"
              + " five of crontab; 0 0/5 * * * ? means every five minutes");
    }
  }

  @Override
  public Optional<Instant> next(String cron, ZoneId zone, Instant after) {
    var expression = expression(new Key(cron, zone));
    return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
        .map(Date::toInstant);
  }

  private CronExpression expression(Key key) {
    var known = parsed.get(key);
    if (known == null) {
      known = make(key);
      if (parsed.size() >= CACHE_MAX) {
        parsed.clear();
      }
      parsed.put(key, known);
    }
    return known;
  }

  private static CronExpression make(Key key) {
    try {
      var expression = parse(key.cron());
      expression.setTimeZone(TimeZone.getTimeZone(key.zone()));
      return expression;
    } catch (ParseException e) {
      throw new IllegalArgumentException("A stored cron expression is not valid: " + key, e);
    }
  }

  private static CronExpression parse(String cron) throws ParseException {
    var fields = cron.strip().split("\\s+", -1);
    return new CronExpression(fields.length == FIELDS_CRONTAB ? crontab(fields) : cron.strip());
  }

  private static String crontab(String[] fields) throws ParseException {
    var day = fields[2];
    var weekday = fields[4];
    var anyDay = day.equals("*") || day.equals("?");
    var anyWeekday = weekday.equals("*") || weekday.equals("?");
    if (!anyDay && !anyWeekday) {
      throw new ParseException(
          "day of month and day of week are both given, which crontab reads as either and Quartz"
              + " cannot; make two automations",
          0);
    }
    return String.join(
        " ",
        "0",
        fields[0],
        fields[1],
        anyWeekday ? (anyDay ? "*" : day) : "?",
        fields[3],
        anyWeekday ? "?" : weekdays(weekday));
  }

  /** crontab's 0 to 7 (both ends Sunday) as Quartz's 1 to 7 (1 is Sunday); names stay. */
  private static String weekdays(String field) {
    var out = new StringBuilder();
    for (var i = 0; i < field.length(); i++) {
      var letter = field.charAt(i);
      var isStep = i > 0 && field.charAt(i - 1) == '/';
      out.append(Character.isDigit(letter) && !isStep ? (char) ('1' + (letter - '0') % 7) : letter);
    }
    return out.toString().toUpperCase(Locale.ROOT);
  }
}
