package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/**
 * Who a unit is, as its enforcer vouches for it; only ever made from a profile that was verified.
 */
public final class Profile {
  private final String unit;
  private final String enforcer;
  private final NamespacePath namespace;
  private final Set<String> tags;
  private final Instant until;
  private final BigInteger serial;
  private final ECPublicKeyParameters key;
  private final byte[] hash;

  Profile(ProfileText.Claims claims, BigInteger serial, Instant until, byte[] hash) {
    this.unit = claims.unit();
    this.enforcer = claims.enforcer();
    this.namespace = claims.namespace();
    this.tags = claims.tags();
    this.until = until;
    this.serial = serial;
    this.key = claims.key();
    this.hash = hash;
  }

  /** Identifier of the processing unit. */
  public String unit() {
    return unit;
  }

  /** Identifier of the enforcer that vouches for it. */
  public String enforcer() {
    return enforcer;
  }

  public NamespacePath namespace() {
    return namespace;
  }

  /** Normalised tags policies match. */
  public Set<String> tags() {
    return tags;
  }

  /** When the profile or the certificate behind it ends, whichever is first. */
  public Instant until() {
    return until;
  }

  /** Serial number of the enforcer's certificate, which a revocation names. */
  public BigInteger serial() {
    return serial;
  }

  ECPublicKeyParameters key() {
    return key;
  }

  /** SHA-256 of the profile's text: what both ends sign as the other's identity. */
  byte[] hash() {
    return hash;
  }

  @Override
  public String toString() {
    return unit + " of " + enforcer + " in " + namespace;
  }
}
