package io.oarlock.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One way to prove who one is. */
interface Realm {
  /** The word in {@code issue.realm}. */
  String name();

  /**
   * Checks the proof.
   *
   * @param metadata what the caller gave, by realm-specific keys
   * @return the claims, {@code @auth:realm=…} among them
   * @throws io.oarlock.model.Problem unauthenticated, in the same words and time whatever part of
   *     the proof was wrong
   */
  Proof prove(Map<String, Object> metadata, Call.Origin origin);

  /**
   * Who it is.
   *
   * @param restrictions what the proof itself narrows a token to
   * @param validityMax longest token this proof may give
   * @param end of the proof itself, which no token of it outlives
   */
  record Proof(
      Set<String> claims,
      Principal.Restrictions restrictions,
      Duration validityMax,
      Optional<Instant> end) {
    Proof(Set<String> claims, Principal.Restrictions restrictions, Duration validityMax) {
      this(claims, restrictions, validityMax, Optional.empty());
    }
  }
}
