package io.oarlock.cli;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a token says about itself. Only the platform can tell whether it is true. */
final class Token {
  private Token() {}

  static Map<String, Object> claims(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw Failure.usage("Not a token: it has " + parts.length + " parts instead of 3");
    }
    try {
      return Json.parseObject(Base64.getUrlDecoder().decode(parts[1]));
    } catch (IllegalArgumentException | JsonException e) {
      throw Failure.usage("Not a token: its claims cannot be read");
    }
  }

  static Optional<Instant> instant(Map<String, Object> claims, String name) {
    return claims.get(name) instanceof Number seconds
        ? Optional.of(Instant.ofEpochSecond(seconds.longValue()))
        : Optional.empty();
  }
}
