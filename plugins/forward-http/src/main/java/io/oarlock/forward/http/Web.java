package io.oarlock.forward.http;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkContext.HttpReply;
import io.oarlock.spi.SinkContext.HttpRequest;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Requests to one server, and what its statuses mean to a batch. */
final class Web {
  /** Statuses that say the body is bad, whenever it is sent. */
  private static final Set<Integer> BAD = Set.of(400, 413, 415, 422);

  private static final Duration WAIT_MAX = Duration.ofMinutes(10);
  private static final int SHOWN_MAX = 300;

  private final SinkSettings settings;
  private final SinkContext context;

  Web(SinkSettings settings, SinkContext context) {
    this.settings = settings;
    this.context = context;
  }

  SinkSettings settings() {
    return settings;
  }

  String source() {
    return context.source();
  }

  /** The URL of the settings, with a path after it. */
  String url(String path) {
    var url = settings.required("url");
    return (path.isEmpty() ? url : url.replaceAll("/+$", "")) + path;
  }

  /** An authorization header with the secret of the settings, if they name one. */
  Map<String, String> authorized(String scheme) throws SinkException {
    var headers = new LinkedHashMap<String, String>();
    var secret = settings.text("secret");
    if (secret.isPresent()) {
      var host = URI.create(settings.required("url")).getHost();
      headers.put("authorization", scheme + " " + context.secret(secret.get(), host));
    }
    return headers;
  }

  /** Posts; whatever comes back is an answer. */
  HttpReply post(String url, String type, Map<String, String> headers, byte[] body)
      throws SinkException {
    var all = new LinkedHashMap<>(headers);
    all.put("content-type", type);
    all.put("accept", "application/json");
    return context.http(
        new HttpRequest("POST", url, all, new String(body, StandardCharsets.UTF_8)));
  }

  /** The failure that a status means. */
  static SinkException failure(HttpReply reply) {
    var text = reply.body().strip();
    var shown = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    var reason =
        "it answered with status " + reply.status() + (shown.isEmpty() ? "" : ": " + shown);
    return BAD.contains(reply.status())
        ? SinkException.refused(reason)
        : SinkException.later(reason, reply.header("retry-after").flatMap(Web::asked));
  }

  private static Optional<Duration> asked(String text) {
    try {
      var wait =
          !text.isEmpty() && text.length() < 8 && text.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Long.parseLong(text))
              : Duration.between(
                  Instant.now(),
                  ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait)
          .filter(Duration::isPositive);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The object in a body; empty when it is none. */
  static Map<String, Object> object(HttpReply reply) {
    try {
      return Json.parseObject(reply.body().getBytes(StandardCharsets.UTF_8));
    } catch (JsonException _) {
      return Map.of();
    }
  }

  @SuppressWarnings("unchecked") // trees have text keys
  static Map<String, Object> object(Object tree) {
    return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
