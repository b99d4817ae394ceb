package io.oarlock.enforcer.agent;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Certificates and keys in their text form (RFC 7468). */
final class Pem {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private Pem() {}

  static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AgentException("A certificate cannot be read: " + e.getMessage(), e);
    }
  }

  static PrivateKey key(String pem) {
    var base64 = pem.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new AgentException("A private key cannot be read: it is no PKCS#8 key on P-256", e);
    }
  }

  static String text(PrivateKey key) {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return BEGIN + "\n" + encoder.encodeToString(key.getEncoded()) + "\n" + END + "\n";
  }
}
