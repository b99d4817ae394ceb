package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.wire.Authority;
import io.oarlock.enforcer.wire.EnforcerRequest;
import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.types.Enforcer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The authority of a namespace as an agent meets it: it certifies, and signs sets of policies. */
final class SignedSets {
  static final NamespacePath PROD = NamespacePath.of("/acme/prod");
  private static final Duration DAY = Duration.ofDays(1);

  private final InstantSource clock = InstantSource.system();
  private final Authority authority = Authority.make("Acme", PROD, DAY, clock.instant());

  Enrolment enrolment() {
    var request = EnforcerRequest.make();
    var certificate =
        authority.certify("host-1", PROD, request.key().getPublic(), DAY, clock.instant());
    return new Enrolment(
        "host-1",
        "host-1",
        PROD,
        URI.create("https://localhost:8443"),
        pem(authority.certificate()),
        pem(authority.certificate()),
        pem(certificate),
        Pem.text(request.key().getPrivate()));
  }

  private static String pem(X509Certificate certificate) {
    var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + encoder.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A set with one policy, signed. */
  String set(long epoch) {
    return sign(Enforcer.POLICY_SET_HEADER, tree(epoch));
  }

  static Map<String, Object> tree(long epoch) {
    var policy =
        Map.of(
            "name", "front-to-back",
            "subject", List.of(List.of("role=frontend")),
            "object", List.of(List.of("role=backend")));
    var tree = new LinkedHashMap<String, Object>();
    tree.put("namespace", PROD.value());
    tree.put("epoch", epoch);
    tree.put("outgoing", "Reject");
    tree.put("incoming", "Reject");
    tree.put("policies", List.of(policy));
    tree.put("networks", List.of());
    tree.put("managed", List.of("10.0.0.0/8"));
    tree.put("revoked", List.of("42"));
    return tree;
  }

  String sign(String header, Map<String, Object> set) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var text =
        encoder.encodeToString(header.getBytes(StandardCharsets.US_ASCII))
            + "."
            + encoder.encodeToString(Json.write(set));
    try {
      var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(authority.key());
      signer.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + encoder.encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
