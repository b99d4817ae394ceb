package io.oarlock.enforcer.wire;

import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Tag;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * The text form of a profile: a JWT (RFC 7519) with a proof-of-possession key (RFC 7800), signed
 * ES256 by the enforcer whose certificate it carries. No algorithm is taken from it: the header
 * must be the one header there is.
 */
final class ProfileText {
  static final int TAGS_MAX = 128;
  private static final int NAME_MAX = 256;
  private static final String TYPE = "oarlock-profile+jwt";
  private static final Set<String> HEADER = Set.of("alg", "typ", "x5c");
  private static final Set<String> CLAIMS = Set.of("iss", "sub", "ns", "iat", "exp", "tags", "cnf");
  private static final Set<String> KEY = Set.of("kty", "crv", "x", "y");
  private static final int COORDINATE_BYTES = 32;

  private final byte[] signed;
  private final byte[] signature;
  private final byte[] certificate;
  private final Claims claims;

  /** What a profile says. */
  record Claims(
      String enforcer,
      String unit,
      NamespacePath namespace,
      Set<String> tags,
      Instant issuedAt,
      Instant until,
      ECPublicKeyParameters key) {}

  private ProfileText(byte[] signed, byte[] signature, byte[] certificate, Claims claims) {
    this.signed = signed;
    this.signature = signature;
    this.certificate = certificate;
    this.claims = claims;
  }

  /** Reads a profile; nothing about it is known to be true yet. */
  static ProfileText read(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new WireException(Reason.MALFORMED, "A profile is three parts with a dot between");
    }
    var header = Fields.read(Base64Url.decode(parts[0]), HEADER);
    if (!header.text("alg").equals("ES256") || !header.text("typ").equals(TYPE)) {
      throw new WireException(Reason.MALFORMED, "A profile is signed ES256 and says so");
    }
    var chain = header.texts("x5c", 1);
    if (chain.size() != 1) {
      throw new WireException(Reason.MALFORMED, "A profile carries one certificate");
    }
    return new ProfileText(
        (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
        Base64Url.decode(parts[2]),
        Base64Url.decode(chain.getFirst()),
        claims(Fields.read(Base64Url.decode(parts[1]), CLAIMS)));
  }

  private static Claims claims(Fields claims) {
    var key = claims.object("cnf", Set.of("jwk")).object("jwk", KEY);
    try {
      return new Claims(
          name(claims.text("iss")),
          name(claims.text("sub")),
          NamespacePath.of(claims.text("ns")),
          tags(claims.texts("tags", TAGS_MAX)),
          Instant.ofEpochSecond(claims.whole("iat")),
          Instant.ofEpochSecond(claims.whole("exp")),
          key(key));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new WireException(
          Reason.MALFORMED, "A profile has a claim that is not valid: " + e.getMessage());
    }
  }

  private static String name(String text) {
    if (text.isEmpty() || text.length() > NAME_MAX || text.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("a name is 1 to " + NAME_MAX + " characters, no spaces");
    }
    return text;
  }

  private static Set<String> tags(List<String> texts) {
    var tags = new TreeSet<String>();
    for (var text : texts) {
      tags.add(Tag.parse(text).toString());
    }
    return Set.copyOf(tags);
  }

  private static ECPublicKeyParameters key(Fields jwk) {
    if (!jwk.text("kty").equals("EC") || !jwk.text("crv").equals("P-256")) {
      throw new WireException(Reason.MALFORMED, "The key of a profile is on P-256");
    }
    var point =
        Frame.join(
            new byte[] {4}, jwk.bytes("x", COORDINATE_BYTES), jwk.bytes("y", COORDINATE_BYTES));
    // decodePoint refuses what is not on the curve; its cofactor is 1
    return new ECPublicKeyParameters(
        Primitives.CURVE.getCurve().decodePoint(point), Primitives.CURVE);
  }

  /** Writes and signs a profile. */
  static String write(Claims claims, byte[] certificate, ECPrivateKeyParameters enforcerKey) {
    var header = Map.of("alg", "ES256", "typ", TYPE, "x5c", List.of(Base64Url.encode(certificate)));
    var point = claims.key().getQ().normalize();
    var jwk =
        Map.of(
            "kty",
            "EC",
            "crv",
            "P-256",
            "x",
            Base64Url.encode(point.getAffineXCoord().getEncoded()),
            "y",
            Base64Url.encode(point.getAffineYCoord().getEncoded()));
    var body =
        Map.of(
            "iss", claims.enforcer(),
            "sub", claims.unit(),
            "ns", claims.namespace().value(),
            "iat", claims.issuedAt().getEpochSecond(),
            "exp", claims.until().getEpochSecond(),
            "tags", List.copyOf(new TreeSet<>(claims.tags())),
            "cnf", Map.of("jwk", jwk));
    var signed = part(header) + "." + part(body);
    var signature = Primitives.sign(enforcerKey, signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64Url.encode(signature);
  }

  private static String part(Map<String, ?> tree) {
    return Base64Url.encode(Json.write(tree));
  }

  boolean isSignedBy(ECPublicKeyParameters enforcerKey) {
    return Primitives.verify(enforcerKey, signed, signature);
  }

  byte[] certificate() {
    return certificate;
  }

  Claims claims() {
    return claims;
  }
}
