package io.oarlock.enforcer.wire;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * The key of an enforcer and the request for its certificate (PKCS#10, RFC 2986). The key is made
 * here and never sent.
 *
 * @param pem the request
 */
public record EnforcerRequest(KeyPair key, String pem) {

  /** A request for a new key on P-256. */
  public static EnforcerRequest make() {
    return of(Authority.keyPair());
  }

  /** A request for a key that exists. */
  public static EnforcerRequest of(KeyPair key) {
    // What an enforcer is called its authority decides.
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, "enforcer").build();
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
      return new EnforcerRequest(
          key,
          pem(new JcaPKCS10CertificationRequestBuilder(subject, key.getPublic()).build(signer)));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  private static String pem(Object request) {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
