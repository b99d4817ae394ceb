package io.oarlock.enforcer.wire;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.types.Enforcer;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What the certificate of an enforcer looks like: CN is its identifier, O its namespace, and its
 * one purpose is to vouch for units, so that it opens no other door and no other certificate opens
 * this one.
 */
final class EnforcerCertificate {
  static final ASN1ObjectIdentifier PURPOSE =
      new ASN1ObjectIdentifier(Enforcer.CERTIFICATE_PURPOSE);

  private EnforcerCertificate() {}

  static void check(X509Certificate certificate, String enforcer) {
    if (certificate.getBasicConstraints() >= 0
        || certificate.hasUnsupportedCriticalExtension()
        || !List.of(PURPOSE.getId()).equals(purposes(certificate))) {
      throw new WireException(
          Reason.WRONG_PURPOSE, "The certificate was not made for an enforcer's profiles");
    }
    if (!part(certificate, "CN").equals(enforcer)) {
      throw new WireException(Reason.FORGED, "The certificate is of another enforcer");
    }
  }

  static NamespacePath namespace(X509Certificate certificate) {
    try {
      return NamespacePath.of(part(certificate, "O"));
    } catch (IllegalArgumentException e) {
      throw new WireException(Reason.MALFORMED, "The certificate names no namespace");
    }
  }

  private static List<String> purposes(X509Certificate certificate) {
    try {
      var purposes = certificate.getExtendedKeyUsage();
      return purposes == null ? List.of() : purposes;
    } catch (CertificateParsingException e) {
      throw new WireException(Reason.MALFORMED, "The certificate's purpose cannot be read");
    }
  }

  private static String part(X509Certificate certificate, String type) {
    try {
      var name = new LdapName(certificate.getSubjectX500Principal().getName());
      var values =
          name.getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase(type))
              .map(part -> part.getValue().toString())
              .toList();
      return values.size() == 1 ? values.getFirst() : "";
    } catch (InvalidNameException e) {
      throw new WireException(Reason.MALFORMED, "The certificate's name cannot be read");
    }
  }
}
