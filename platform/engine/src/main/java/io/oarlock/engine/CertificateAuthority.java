package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.types.Enforcer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;

/** An X.509 authority over P-256: for the platform's own TLS, app credentials and enforcers. */
public final class CertificateAuthority {
  static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 120;

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** A certificate and the private key that belongs to it. */
  public record Pair(String certificate, String key) {}

  /** Makes a new authority that signs itself. */
  public static CertificateAuthority make(String name, Duration validity, Instant now) {
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
    return make(subject, KeyUsage.keyCertSign | KeyUsage.cRLSign, validity, now);
  }

  /** Makes the authority over the enforcers of a namespace; it signs their policies, too. */
  static CertificateAuthority overEnforcers(
      NamespacePath namespace, Duration validity, Instant now) {
    var subject =
        new X500NameBuilder()
            .addRDN(BCStyle.O, namespace.value())
            .addRDN(BCStyle.CN, "Oarlock enforcers")
            .build();
    return make(subject, KeyUsage.keyCertSign | KeyUsage.digitalSignature, validity, now);
  }

  private static CertificateAuthority make(
      X500Name subject, int usage, Duration validity, Instant now) {
    var pair = keyPair();
    try {
      var builder = builder(subject, subject, pair.getPublic(), validity, now);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads an authority back from its PEM form. */
  public static CertificateAuthority read(Pair pem) {
    try (var parser = new PEMParser(new StringReader(pem.key()))) {
      var key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
      return new CertificateAuthority(CredentialRealm.certificate(pem.certificate()), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("The authority's certificate cannot be read", e);
    }
  }

  /** The PEM form; the key in the clear. */
  public Pair toPem() {
    return new Pair(pem(certificate), pem(pkcs8(key)));
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** A server certificate for these DNS names and addresses. */
  public Pair server(List<String> names, List<String> addresses, Duration validity, Instant now) {
    var pair = keyPair();
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, names.getFirst()).build();
    var all =
        java.util.stream.Stream.concat(
                names.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                addresses.stream().map(a -> new GeneralName(GeneralName.iPAddress, a)))
            .toArray(GeneralName[]::new);
    var issued = leaf(subject, pair.getPublic(), validity, now, KeyPurposeId.id_kp_serverAuth, all);
    return new Pair(pem(issued), pem(pkcs8(pair.getPrivate())));
  }

  /** A client certificate with a new key. */
  public Pair client(String commonName, String organization, Duration validity, Instant now) {
    var pair = keyPair();
    var issued = client(pair.getPublic(), commonName, organization, validity, now);
    return new Pair(issued, pem(pkcs8(pair.getPrivate())));
  }

  /** A client certificate for the key of a request, whose own signature must hold. */
  public String sign(
      String csrPem, String commonName, String organization, Duration validity, Instant now) {
    return client(CertificateRequests.key(csrPem), commonName, organization, validity, now);
  }

  /**
   * A certificate that lets an enforcer vouch for units of a namespace, and nothing else.
   *
   * @throws IllegalArgumentException when the request is not for a key on P-256
   */
  X509Certificate enforcer(
      String csrPem, String id, NamespacePath namespace, Duration validity, Instant now) {
    var requested = CertificateRequests.key(csrPem);
    if (!(requested instanceof ECPublicKey theirs)
        || !(certificate.getPublicKey() instanceof ECPublicKey ours)
        || !theirs.getParams().getCurve().equals(ours.getParams().getCurve())) {
      throw new IllegalArgumentException("The key of an enforcer is on the curve P-256");
    }
    var subject =
        new X500NameBuilder().addRDN(BCStyle.O, namespace.value()).addRDN(BCStyle.CN, id).build();
    var purpose = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(Enforcer.CERTIFICATE_PURPOSE));
    return leaf(subject, requested, validity, now, purpose, new GeneralName[0]);
  }

  /** Signs with ECDSA over SHA-256; r and s, 32 bytes each (as ES256 of RFC 7518 has it). */
  byte[] sign(byte[] message) {
    try {
      var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  private String client(
      PublicKey publicKey, String commonName, String organization, Duration validity, Instant now) {
    var subject =
        new X500NameBuilder()
            .addRDN(BCStyle.O, organization)
            .addRDN(BCStyle.CN, commonName)
            .build();
    return pem(
        leaf(subject, publicKey, validity, now, KeyPurposeId.id_kp_clientAuth, new GeneralName[0]));
  }

  private X509Certificate leaf(
      X500Name subject,
      PublicKey publicKey,
      Duration validity,
      Instant now,
      KeyPurposeId purpose,
      GeneralName[] names) {
    try {
      var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
      var builder = builder(issuer, subject, publicKey, validity, now);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate));
      if (names.length > 0) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return sign(builder, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The certificate cannot be made", e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey publicKey, Duration validity, Instant now)
      throws IOException {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(validity)),
            subject,
            publicKey);
    try {
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-1 for key identifiers", e);
    }
    return builder;
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      var signer = new JcaContentSignerBuilder(SIGNATURE).build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  static JcaPKCS8Generator pkcs8(PrivateKey key) {
    try {
      return new JcaPKCS8Generator(key, null);
    } catch (PemGenerationException e) {
      throw new IllegalStateException("A fresh key has no PKCS#8 form", e);
    }
  }

  static String pem(Object value) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
