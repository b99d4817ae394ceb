package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, as a verified token says.
 *
 * @param claims tags with the prefix {@code @auth:}, keys in lower case; what API authorizations
 *     match
 * @param restrictions what the token was narrowed to
 * @param tokenId the token's {@code jti}; empty for the platform itself
 * @param issuedAt when the token was made
 * @param expiresAt when the proof ends
 */
public record Principal(
    Set<String> claims,
    Restrictions restrictions,
    Optional<String> tokenId,
    Optional<Instant> issuedAt,
    Optional<Instant> expiresAt) {
  /** Somebody without a token. */
  public static final Principal NOBODY =
      new Principal(
          Set.of(), Restrictions.NONE, Optional.empty(), Optional.empty(), Optional.empty());

  public Principal {
    claims = Set.copyOf(claims);
  }

  /** The same, no longer asked for its address: for what was authenticated with it. */
  Principal anywhere() {
    var limits = new Restrictions(restrictions.namespace(), restrictions.permissions(), List.of());
    return new Principal(claims, limits, tokenId, issuedAt, expiresAt);
  }

  /** The value of the claim with that key, without {@code @auth:}. */
  public Optional<String> claim(String key) {
    var prefix = "@auth:" + key + "=";
    return claims.stream()
        .filter(claim -> claim.startsWith(prefix))
        .map(claim -> claim.substring(prefix.length()))
        .findFirst();
  }

  /**
   * What a token is narrowed to; empty parts do not narrow. Narrowing again only intersects.
   *
   * @param permissions {@code type:operation,operation} each; {@code *} for all
   * @param networks the caller's address must be in one of them
   */
  public record Restrictions(
      Optional<NamespacePath> namespace, List<String> permissions, List<String> networks) {
    /** No narrowing. */
    public static final Restrictions NONE =
        new Restrictions(Optional.empty(), List.of(), List.of());

    public Restrictions {
      permissions = List.copyOf(permissions);
      networks = List.copyOf(networks);
    }
  }
}
