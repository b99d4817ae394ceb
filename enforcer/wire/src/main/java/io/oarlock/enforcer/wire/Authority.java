package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certifies the enforcers of a namespace, on hosts that are run from files. */
public final class Authority {
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 120;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final NamespacePath namespace;

  /** An authority whose key was made before. */
  public Authority(X509Certificate certificate, PrivateKey key, NamespacePath namespace) {
    this.certificate = certificate;
    this.key = key;
    this.namespace = namespace;
  }

  /** Makes an authority with a new key, which signs itself. */
  public static Authority make(
      String name, NamespacePath namespace, Duration validity, Instant now) {
    var pair = keyPair();
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    try {
      var builder = builder(subject, subject, pair.getPublic(), validity, now);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      return new Authority(sign(builder, pair.getPrivate()), pair.getPrivate(), namespace);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What others need to believe it. */
  public Trust.Anchor anchor() {
    return new Trust.Anchor(certificate, namespace);
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public PrivateKey key() {
    return key;
  }

  /** Certifies an enforcer of a namespace for a key. */
  public X509Certificate certify(
      String enforcer, NamespacePath of, PublicKey publicKey, Duration validity, Instant now) {
    return certify(enforcer, of, publicKey, validity, now, EnforcerCertificate.PURPOSE.getId());
  }

  X509Certificate certify(
      String enforcer,
      NamespacePath of,
      PublicKey publicKey,
      Duration validity,
      Instant now,
      String purpose) {
    var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    var subject =
        new X500NameBuilder().addRDN(BCStyle.O, of.value()).addRDN(BCStyle.CN, enforcer).build();
    try {
      var builder = builder(issuer, subject, publicKey, validity, now);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      var purposeId = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose));
      builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposeId));
      return sign(builder, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey publicKey, Duration validity, Instant now) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS),
        Date.from(now.minus(BACKDATED)),
        Date.from(now.plus(validity)),
        subject,
        publicKey);
  }

  private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey signer) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer)));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }
}
