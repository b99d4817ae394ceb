package io.oarlock.engine;

import io.oarlock.model.Problem;
import java.util.Map;

/** A token for a token: the same claims, at most the same rights, at most the same life. */
final class TokenRealm implements Realm {
  private final Tokens tokens;

  TokenRealm(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "Token";
  }

  @Override
  public Proof prove(Map<String, Object> metadata, Call.Origin origin) {
    var token =
        Trees.text(metadata, "token")
            .orElseThrow(
                () -> Problem.malformed("The realm Token wants metadata {\"token\": \"…\"}"));
    var principal = tokens.verify(token, origin.address());
    return new Proof(
        principal.claims(), principal.restrictions(), Tokens.VALIDITY_MAX, principal.expiresAt());
  }
}
