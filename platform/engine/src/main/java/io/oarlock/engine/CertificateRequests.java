package io.oarlock.engine;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Requests for certificates (PKCS#10, RFC 2986), in PEM. */
final class CertificateRequests {
  private CertificateRequests() {}

  /** A new key and a request for it; the certificate stands for the request. */
  static CertificateAuthority.Pair make() {
    var pair = CertificateAuthority.keyPair();
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, "renewal").build();
    try {
      var signer =
          new JcaContentSignerBuilder(CertificateAuthority.SIGNATURE).build(pair.getPrivate());
      var request =
          new JcaPKCS10CertificationRequestBuilder(subject, pair.getPublic()).build(signer);
      return new CertificateAuthority.Pair(
          CertificateAuthority.pem(request),
          CertificateAuthority.pem(CertificateAuthority.pkcs8(pair.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("P-256 is not available in this JDK", e);
    }
  }

  /**
   * The key of a request, which must be signed by it.
   *
   * @throws IllegalArgumentException with the reason, for people
   */
  static PublicKey key(String pem) {
    try (var parser = new PEMParser(new StringReader(pem))) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
        throw new IllegalArgumentException("This is no PEM certificate request (PKCS#10)");
      }
      var csr = new JcaPKCS10CertificationRequest(request);
      var verifier = new JcaContentVerifierProviderBuilder().build(csr.getPublicKey());
      if (!csr.isSignatureValid(verifier)) {
        throw new IllegalArgumentException("The request is not signed by the key it carries");
      }
      return csr.getPublicKey();
    } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
      throw new IllegalArgumentException("The certificate request cannot be read", e);
    }
  }
}
