package io.oarlock.client;

import io.oarlock.model.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A token got for a proof, and got anew in time; one thread asks, the others wait for it. */
final class RenewedToken implements Credentials {
  /** Part of a token's life after which it is renewed. */
  private static final double RENEW_AFTER = 0.8;

  private final Map<String, ?> proof;
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile Optional<Held> held = Optional.empty();

  private record Held(String token, long renewNanos) {
    boolean serves(Optional<String> refused) {
      return !refused.equals(Optional.of(token)) && System.nanoTime() - renewNanos < 0;
    }
  }

  RenewedToken(Map<String, ?> proof) {
    this.proof = proof;
  }

  @Override
  public String token(Issuer issuer, Optional<String> refused) {
    var present = held.filter(each -> each.serves(refused));
    return present.isPresent() ? present.get().token() : renewed(issuer, refused);
  }

  private String renewed(Issuer issuer, Optional<String> refused) {
    try {
      renewal.lockInterruptibly();
    } catch (InterruptedException _) {
      throw CancelledException.interrupted();
    }
    try {
      var meanwhile = held.filter(each -> each.serves(refused));
      if (meanwhile.isPresent()) {
        return meanwhile.get().token();
      }
      var asked = System.nanoTime();
      var issued = issuer.issue(proof);
      var token =
          Trees.text(issued, "token")
              .orElseThrow(() -> new ConnectionException("The answer has no token", null));
      // By this machine's clock from when it was asked, since the platform's may differ.
      held = Optional.of(new Held(token, asked + (long) (life(issued).toNanos() * RENEW_AFTER)));
      return token;
    } finally {
      renewal.unlock();
    }
  }

  private static Duration life(Map<String, Object> issued) {
    if (issued.get("claims") instanceof Map<?, ?> claims
        && claims.get("iat") instanceof Number from
        && claims.get("exp") instanceof Number to) {
      return Duration.ofSeconds(to.longValue() - from.longValue());
    }
    return Trees.text(issued, "expiresAt")
        .map(end -> Duration.between(Instant.now(), Instants.parse(end)))
        .orElse(Duration.ofDays(1));
  }
}
