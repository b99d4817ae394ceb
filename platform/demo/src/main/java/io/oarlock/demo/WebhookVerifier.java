package io.oarlock.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Verifies messages as Standard Webhooks 1.0.0 say, with the shared secret (v1). */
final class WebhookVerifier {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String PREFIX = "whsec_";

  private final byte[] secret;
  private final Clock clock;

  WebhookVerifier(String secret, Clock clock) {
    this.secret = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    this.clock = clock;
  }

  /** What is wrong with a message; empty when nothing is. */
  Optional<String> fault(String id, String timestamp, String signatures, byte[] body) {
    if (id.isEmpty() || signatures.isEmpty() || !timestamp.matches("\\d{1,12}")) {
      return Optional.of("webhook-id, webhook-timestamp or webhook-signature is missing");
    }
    var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sent, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      return Optional.of("the timestamp is more than five minutes off");
    }
    var expected = "v1," + Base64.getEncoder().encodeToString(sign(id + "." + timestamp, body));
    for (var signature : signatures.split(" ", -1)) {
      if (MessageDigest.isEqual(bytes(signature), bytes(expected))) {
        return Optional.empty();
      }
    }
    return Optional.of("no signature is of this secret");
  }

  private byte[] sign(String head, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(bytes(head + "."));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
