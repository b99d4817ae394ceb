package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.util.BigIntegers;

/** An enforcer's certified key: it gives units their identities. */
public final class EnforcerKey {
  /** How long a unit's identity lasts; a new one is made before half of it has passed. */
  public static final Duration IDENTITY_VALIDITY = Duration.ofHours(1);

  private static final Duration BACKDATED = Duration.ofSeconds(30);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String enforcer;
  private final X509Certificate certificate;
  private final ECPrivateKeyParameters key;

  /**
   * A key and its certificate.
   *
   * @throws IllegalArgumentException when the key is not on P-256
   */
  public EnforcerKey(String enforcer, X509Certificate certificate, PrivateKey key) {
    this.enforcer = enforcer;
    this.certificate = certificate;
    try {
      this.key = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(key.getEncoded());
    } catch (IOException | ClassCastException e) {
      throw new IllegalArgumentException("An enforcer's key is a private key on P-256", e);
    }
  }

  /** Makes a key of its own for a unit and vouches for it; the key never leaves this process. */
  public Identity identify(String unit, NamespacePath namespace, Set<String> tags, Instant now) {
    return identify(unit, namespace, tags, now.minus(BACKDATED), now.plus(IDENTITY_VALIDITY));
  }

  Identity identify(
      String unit, NamespacePath namespace, Set<String> tags, Instant from, Instant until) {
    var secret =
        BigIntegers.createRandomInRange(
            BigInteger.ONE, Primitives.CURVE.getN().subtract(BigInteger.ONE), RANDOM);
    var point = Primitives.CURVE.getG().multiply(secret).normalize();
    var claims =
        new ProfileText.Claims(
            enforcer,
            unit,
            namespace,
            tags,
            from,
            until,
            new ECPublicKeyParameters(point, Primitives.CURVE));
    try {
      var text = ProfileText.write(claims, certificate.getEncoded(), key);
      return new Identity(text, new ECPrivateKeyParameters(secret, Primitives.CURVE), until);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("The certificate has no DER form", e);
    }
  }
}
