package io.oarlock.client;

import java.util.Map;
import java.util.Optional;

/** Where tokens come from. Called by many threads at once. */
@FunctionalInterface
public interface Credentials {
  /** Exchanges a proof for a token, with the platform of the client that asks. */
  @FunctionalInterface
  interface Issuer {
    /** The answer of {@code POST /v1/issue}. */
    Map<String, Object> issue(Map<String, ?> proof);
  }

  /**
   * A token.
   *
   * @param refused one that the platform did not take: the answer is another, or the same when
   *     there is no other
   */
  String token(Issuer issuer, Optional<String> refused);

  /** A token made elsewhere, which cannot be renewed. */
  static Credentials token(String token) {
    return (_, _) -> token;
  }

  /**
   * A proof of identity, as the type {@code issue} describes it, exchanged for a token that is
   * renewed before it expires and when it is refused.
   */
  static Credentials proof(Map<String, ?> proof) {
    return new RenewedToken(Map.copyOf(proof));
  }

  /** A local account's password. */
  static Credentials account(String name, String password) {
    return proof(
        Map.of("realm", "Account", "metadata", Map.of("account", name, "password", password)));
  }
}
