package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Makes and verifies the signed form of a principal: a JWT (RFC 7519), ES256, with a key id. */
final class Tokens {
  static final Duration VALIDITY_DEFAULT = Duration.ofHours(24);
  static final Duration VALIDITY_MAX = Duration.ofDays(30);

  /** Two numbers of 256 bits. */
  private static final int SIGNATURE_BYTES = 64;

  /** Longest token looked at, in characters. */
  private static final int LENGTH_MAX = 16 * 1024;

  /** Verified tokens remembered, since a signature check costs more than a read. */
  private static final int CACHE_MAX = 10_000;

  /** How often keys made by other nodes are looked for. */
  private static final Duration REFRESH = Duration.ofMinutes(1);

  /** The audience that means this platform's own API. */
  static final String AUDIENCE = "oarlock";

  private final Vertx vertx;
  private final SigningKeys keys;
  private final Revocations revocations;
  private final String issuer;
  private final Clock clock;
  private final Map<String, Principal> verified = new ConcurrentHashMap<>();
  private volatile Ring ring;
  private Instant nextRefresh = Instant.MIN;

  private record Ring(
      String signingKey,
      Set<String> ids,
      JWTAuth signer,
      JWTAuth verifier,
      Map<String, Object> jwks) {}

  Tokens(Vertx vertx, SigningKeys keys, Revocations revocations, String issuer, Clock clock) {
    this.vertx = vertx;
    this.keys = keys;
    this.revocations = revocations;
    this.issuer = issuer;
    this.clock = clock;
    this.ring = ring(keys.current());
  }

  private Ring ring(List<SigningKeys.Key> all) {
    var verifier = new JWTAuthOptions();
    var ids = new HashSet<String>();
    for (var key : all) {
      verifier.addJwk(new JsonObject(key.publicJwk()));
      ids.add(key.id());
    }
    var signer = new JWTAuthOptions().addJwk(new JsonObject(all.getFirst().jwk()));
    return new Ring(
        all.getFirst().id(),
        ids,
        JWTAuth.create(vertx, signer),
        JWTAuth.create(vertx, verifier),
        Map.of("keys", all.stream().map(SigningKeys.Key::publicJwk).toList()));
  }

  /** From time to time reads the keys again, making a new one when it is due. */
  void refreshKeys() {
    var now = clock.instant();
    if (!now.isBefore(nextRefresh)) {
      nextRefresh = now.plus(REFRESH);
      ring = ring(keys.current());
    }
  }

  Map<String, Object> jwks() {
    return ring.jwks();
  }

  /** A token that was made, and what it says. */
  record Issued(String token, Map<String, Object> claims, String id, Instant expiresAt) {}

  Issued issue(
      Set<String> claims,
      Principal.Restrictions restrictions,
      List<String> audience,
      Instant expiresAt) {
    var id = Ids.next();
    var now = clock.instant();
    var payload = new LinkedHashMap<String, Object>();
    payload.put("iss", issuer);
    payload.put("sub", subject(claims));
    if (!audience.isEmpty()) {
      payload.put("aud", audience);
    }
    payload.put("iat", now.getEpochSecond());
    payload.put("exp", expiresAt.getEpochSecond());
    payload.put("jti", id);
    payload.put("identity", claims.stream().sorted().toList());
    var narrowed = tree(restrictions);
    if (!narrowed.isEmpty()) {
      payload.put("restrictions", narrowed);
    }
    var current = ring;
    var options =
        new JWTOptions()
            .setAlgorithm("ES256")
            .setNoTimestamp(true)
            .setHeader(new JsonObject().put("kid", current.signingKey()));
    var token = current.signer().generateToken(new JsonObject(payload), options);
    return new Issued(token, payload, id, Instant.ofEpochSecond(expiresAt.getEpochSecond()));
  }

  private static String subject(Set<String> claims) {
    for (var key : List.of("account", "credential", "subject")) {
      var prefix = "@auth:" + key + "=";
      var found = claims.stream().filter(claim -> claim.startsWith(prefix)).findFirst();
      if (found.isPresent()) {
        return found.get().substring("@auth:".length()).replace('=', ':');
      }
    }
    return "unknown";
  }

  private static Map<String, Object> tree(Principal.Restrictions restrictions) {
    var tree = new LinkedHashMap<String, Object>();
    restrictions.namespace().ifPresent(n -> tree.put("namespace", n.value()));
    if (!restrictions.permissions().isEmpty()) {
      tree.put("permissions", restrictions.permissions());
    }
    if (!restrictions.networks().isEmpty()) {
      tree.put("networks", restrictions.networks());
    }
    return tree;
  }

  /** Who a token speaks for. */
  Principal verify(String token, Optional<String> address) {
    var principal = verified.get(token);
    if (principal == null) {
      principal = check(token);
      if (verified.size() >= CACHE_MAX) {
        verified.clear();
      }
      verified.put(token, principal);
    }
    requireInForce(token, principal, address);
    return principal;
  }

  private void requireInForce(String token, Principal principal, Optional<String> address) {
    if (principal.expiresAt().filter(end -> !clock.instant().isBefore(end)).isPresent()) {
      verified.remove(token);
      throw Problem.unauthenticated(
          "token-expired", "The token has expired; sign in again, or renew before half its life");
    }
    if (revocations.revoked(principal)) {
      throw Problem.unauthenticated(
          "token-revoked", "The token was revoked; sign in again if you still may");
    }
    if (!Networks.allow(principal.restrictions().networks(), address)) {
      throw Problem.forbidden(
          "wrong-network",
          "The token may be used only from " + principal.restrictions().networks());
    }
  }

  private Principal check(String token) {
    if (token.length() > LENGTH_MAX) {
      throw refused("it is longer than " + LENGTH_MAX + " characters");
    }
    var current = ring;
    requireOurKey(token, current);
    try {
      var user =
          current
              .verifier()
              .authenticate(new TokenCredentials(token))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      return principal(user.principal(), user.attributes().getJsonObject("accessToken"));
    } catch (CompletionException e) {
      var reason = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
      if (reason.contains("xpired")) {
        throw Problem.unauthenticated("token-expired", "The token has expired; sign in again");
      }
      throw refused("its signature or times do not hold");
    }
  }

  /** The header is looked at first: only ES256 and only our keys, whatever a library would take. */
  private static void requireOurKey(String token, Ring ring) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw refused("it is not a JWT of three parts");
    }
    JsonObject header;
    try {
      header =
          new JsonObject(
              new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw refused("its header cannot be read");
    }
    if (!"ES256".equals(header.getValue("alg"))) {
      throw refused("only the algorithm ES256 is accepted");
    }
    if (!(header.getValue("kid") instanceof String kid) || !ring.ids().contains(kid)) {
      throw refused("no key of this platform signed it");
    }
    requireExactSignature(parts[2]);
  }

  /** One signature has one text: the library would also take it with something behind it. */
  private static void requireExactSignature(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      var exact = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (bytes.length == SIGNATURE_BYTES && exact.equals(text)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw refused("its signature is not base64url");
    }
    throw refused("its signature is not that of ES256");
  }

  private Principal principal(JsonObject fallback, JsonObject claims) {
    var payload = claims == null ? fallback : claims;
    requireAudience(payload.getValue("aud"));
    var identity = new HashSet<String>();
    payload
        .getJsonArray("identity", new JsonArray())
        .forEach(claim -> identity.add(String.valueOf(claim)));
    var narrowed = payload.getJsonObject("restrictions", new JsonObject());
    return new Principal(
        identity,
        new Principal.Restrictions(
            Optional.ofNullable(narrowed.getString("namespace")).map(NamespacePath::of),
            texts(narrowed.getJsonArray("permissions", new JsonArray())),
            texts(narrowed.getJsonArray("networks", new JsonArray()))),
        Optional.ofNullable(payload.getString("jti")),
        Optional.ofNullable(payload.getLong("iat")).map(Instant::ofEpochSecond),
        Optional.of(Instant.ofEpochSecond(payload.getLong("exp"))));
  }

  private void requireAudience(Object audience) {
    var named =
        switch (audience) {
          case null -> List.of(AUDIENCE);
          case String one -> List.of(one);
          case JsonArray many -> texts(many);
          default -> List.<String>of();
        };
    if (!named.contains(AUDIENCE) && !named.contains(issuer)) {
      throw refused(
          "it was made for " + named + "; ask for the audience " + AUDIENCE + " to use it here");
    }
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }

  private static Problem refused(String reason) {
    return Problem.unauthenticated("token-invalid", "The token is refused: " + reason);
  }
}
