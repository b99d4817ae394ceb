package io.oarlock.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came back; {@code text} is empty when there is no body. */
record Answer(int status, HttpHeaders headers, String text) {
  /** Also of an answer that is far off: seconds beyond it are no seconds. */
  private static final double SECONDS_MAX = 1e6;

  static Answer of(int status, HttpHeaders headers, byte[] body) {
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  Answer withoutBody() {
    return new Answer(status, headers, "");
  }

  ProblemException problem() {
    return ProblemException.of(status, text, header("X-Request-Id").orElse(""));
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  long count() {
    return headers.firstValueAsLong("X-Count-Total").orElse(0);
  }

  /** The tree; null when there is no body. */
  @Nullable Object tree() {
    return text.isEmpty() ? null : Trees.parsed(text);
  }

  /** {@code Retry-After} is seconds or a date (RFC 9110, 10.2.3). */
  Duration retryAfter() {
    return header("Retry-After").map(Answer::told).orElse(Duration.ZERO);
  }

  private static Duration told(String text) {
    try {
      var seconds = Double.parseDouble(text.strip());
      return seconds > 0
          ? Duration.ofMillis((long) (Math.min(seconds, SECONDS_MAX) * 1000))
          : Duration.ZERO;
    } catch (NumberFormatException _) {
      return until(text);
    }
  }

  private static Duration until(String date) {
    try {
      var then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var wait = Duration.between(Instant.now(), then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException _) {
      return Duration.ZERO;
    }
  }
}
