package io.oarlock.engine;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** When a message that was not taken is sent again. */
final class Retrying {
  /** The waits after the first attempt, the second and so on; after the last it is given up. */
  static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8));

  /** Share of a wait by which it is longer or shorter, so that messages do not march in step. */
  static final double JITTER = 0.2;

  /** Longest wait an endpoint can ask for. */
  static final Duration ASKED_MAX = Duration.ofHours(24);

  private Retrying() {}

  /** The wait after the attempt with that number, 1 being the first; empty to give up. */
  static Optional<Duration> after(int attempt, Optional<Outbound.Reply> reply, Instant now) {
    if (attempt > WAITS.size()) {
      return Optional.empty();
    }
    var asked = reply.flatMap(r -> r.header("retry-after")).flatMap(text -> asked(text, now));
    return asked.or(() -> Optional.of(jittered(WAITS.get(attempt - 1))));
  }

  private static Duration jittered(Duration wait) {
    var factor = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
    return Duration.ofMillis(Math.round(wait.toMillis() * factor));
  }

  /** What a {@code Retry-After} asks for: seconds or a date; absent when it is neither. */
  static Optional<Duration> asked(String text, Instant now) {
    try {
      var wait =
          text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 10
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      var least = WAITS.getFirst();
      return Optional.of(
          wait.compareTo(least) < 0 ? least : wait.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
