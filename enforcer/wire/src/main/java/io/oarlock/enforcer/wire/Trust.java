package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Which profiles are to be believed. A namespace's authority certifies its enforcers, an enforcer
 * vouches for its units, and neither speaks for a namespace it is not in. Profiles that were
 * verified are remembered by their hash, so that a peer seen before costs no signature; their dates
 * and revocation are looked at each time. Safe for use by many threads.
 */
public final class Trust {
  /** Most verified profiles remembered; when full, all are forgotten. */
  public static final int PROFILES_MAX = 10_000;

  private final List<Anchor> anchors;
  private final InstantSource clock;
  private final Map<ByteBuffer, Known> known = new ConcurrentHashMap<>();
  private volatile Set<BigInteger> revoked = Set.of();

  /** An authority, and the namespace it certifies enforcers of. */
  public record Anchor(X509Certificate certificate, NamespacePath namespace) {}

  private record Known(Profile profile, Instant from) {}

  public Trust(List<Anchor> anchors, InstantSource clock) {
    this.anchors = List.copyOf(anchors);
    this.clock = clock;
  }

  /** Replaces the serial numbers of the certificates that were revoked. */
  public void revoke(Set<BigInteger> serials) {
    revoked = Set.copyOf(serials);
  }

  /**
   * Whether the certificate behind a profile that was verified once was revoked since. That its
   * time ran out does not unsay what was proved when it had not.
   */
  public boolean isRevoked(Profile profile) {
    return revoked.contains(profile.serial());
  }

  /**
   * Verifies the text of a profile.
   *
   * @throws WireException with the reason
   */
  public Profile verify(String text) {
    var hash = Primitives.sha256(text.getBytes(StandardCharsets.UTF_8));
    var key = ByteBuffer.wrap(hash);
    var found = known.get(key);
    if (found == null) {
      found = examine(ProfileText.read(text), hash);
      if (known.size() >= PROFILES_MAX) {
        known.clear();
      }
      known.put(key, found);
    }
    checkNow(found);
    return found.profile();
  }

  private void checkNow(Known found) {
    var now = clock.instant();
    if (now.isBefore(found.from())) {
      throw new WireException(
          Reason.NOT_YET_VALID,
          "The identity of %s begins %s; it is %s here, look at both clocks"
              .formatted(found.profile(), found.from(), now));
    }
    if (!now.isBefore(found.profile().until())) {
      throw new WireException(
          Reason.EXPIRED,
          "The identity of %s ended %s".formatted(found.profile(), found.profile().until()));
    }
    if (revoked.contains(found.profile().serial())) {
      throw new WireException(
          Reason.REVOKED, "The certificate of " + found.profile().enforcer() + " was revoked");
    }
  }

  private Known examine(ProfileText text, byte[] hash) {
    var certificate = certificate(text.certificate());
    var anchor = issuer(certificate);
    var claims = text.claims();
    EnforcerCertificate.check(certificate, claims.enforcer());
    var namespace = EnforcerCertificate.namespace(certificate);
    if (!anchor.namespace().contains(namespace) || !namespace.contains(claims.namespace())) {
      throw new WireException(
          Reason.WRONG_NAMESPACE,
          "%s of %s, certified for %s, may not vouch for a unit of %s"
              .formatted(claims.enforcer(), namespace, anchor.namespace(), claims.namespace()));
    }
    if (!text.isSignedBy(key(certificate))) {
      throw new WireException(Reason.FORGED, "The profile is not signed by its enforcer");
    }
    var until = earlier(claims.until(), certificate.getNotAfter().toInstant());
    var from = later(claims.issuedAt(), certificate.getNotBefore().toInstant());
    return new Known(new Profile(claims, certificate.getSerialNumber(), until, hash), from);
  }

  private Anchor issuer(X509Certificate certificate) {
    for (var anchor : anchors) {
      if (anchor
              .certificate()
              .getSubjectX500Principal()
              .equals(certificate.getIssuerX500Principal())
          && isSignedBy(certificate, anchor.certificate())) {
        checkInForce(anchor.certificate());
        return anchor;
      }
    }
    throw new WireException(
        Reason.UNKNOWN_ISSUER,
        "No authority that is trusted here certified "
            + certificate.getSubjectX500Principal().getName());
  }

  private void checkInForce(X509Certificate authority) {
    if (clock.instant().isAfter(authority.getNotAfter().toInstant())) {
      throw new WireException(Reason.EXPIRED, "The authority's certificate has ended");
    }
  }

  private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (SignatureException | InvalidKeyException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new WireException(Reason.MALFORMED, "The certificate cannot be verified");
    }
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new WireException(Reason.MALFORMED, "The certificate cannot be read");
    }
  }

  private static ECPublicKeyParameters key(X509Certificate certificate) {
    try {
      if (PublicKeyFactory.createKey(certificate.getPublicKey().getEncoded())
              instanceof ECPublicKeyParameters key
          && key.getParameters().getCurve().equals(Primitives.CURVE.getCurve())) {
        return key;
      }
    } catch (java.io.IOException | RuntimeException e) {
      // told below: Bouncy Castle throws unchecked exceptions for some broken keys
    }
    throw new WireException(Reason.MALFORMED, "The key of an enforcer is on P-256");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
