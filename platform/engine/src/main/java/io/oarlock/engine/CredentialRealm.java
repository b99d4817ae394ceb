package io.oarlock.engine;

import io.oarlock.model.Problem;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * App credentials and enforcers: proof that one holds the private key of the credential's
 * certificate, by a signature over {@code credential id . time . nonce} (the idea of RFC 7523 with
 * the platform's own certificate), so that it works through proxies that end TLS.
 */
final class CredentialRealm implements Realm {
  static final String TYPE = "appcredential";

  /** What every enforcer's token says, and no other's. */
  static final String ENFORCER_CLAIM = "@auth:realm=enforcer";

  /** How far the caller's clock may be off. */
  static final Duration SKEW = Duration.ofMinutes(2);

  private final ResourceStore store;
  private final Replays replays;
  private final Clock clock;

  CredentialRealm(ResourceStore store, Clock clock) {
    this.store = store;
    this.replays = new Replays(SKEW.multipliedBy(2), clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "Certificate";
  }

  @Override
  public Proof prove(Map<String, Object> metadata, Call.Origin origin) {
    var id = text(metadata, "credential");
    var time = text(metadata, "time");
    var nonce = text(metadata, "nonce");
    var signature = text(metadata, "signature");
    requireFresh(time);
    var credential =
        store
            .get(TYPE, id)
            .or(() -> store.get(EnforcerProcessor.TYPE, id).filter(CredentialRealm::enrolled))
            .orElseThrow(() -> refused("there is no such credential, or its proof"));
    var body = credential.body();
    verify(body, id + "." + time + "." + nonce, signature);
    if (Trees.truth(body, "disabled")) {
      throw refused("the credential is disabled, so its proof");
    }
    if (!replays.firstTime(id + "." + nonce)) {
      throw refused("the proof was used before and");
    }
    if (!Networks.allow(Trees.texts(body.get("authorizedSubnets")), origin.address())) {
      throw Problem.forbidden("wrong-network", "The credential may not be used from this address");
    }
    return proof(credential);
  }

  /** Whether it is an enforcer with a certificate, and not one that somebody wrote down. */
  private static boolean enrolled(Document enforcer) {
    return enforcer.body().containsKey("certificate");
  }

  private static String text(Map<String, Object> metadata, String name) {
    return Trees.text(metadata, name)
        .orElseThrow(() ->
            Problem.malformed(
                "The realm Certificate wants metadata {credential, time, nonce, signature}: the"
                    + " signature (SHA256withECDSA, base64) over credential.time.nonce by the"
                    + " credential's key"));
  }

  private void requireFresh(String time) {
    try {
      var off = Duration.between(Instant.parse(time), clock.instant()).abs();
      if (off.compareTo(SKEW) > 0) {
        throw refused("its time is " + off.toSeconds() + " s off (see your clock) and");
      }
    } catch (java.time.format.DateTimeParseException e) {
      throw Problem.malformed("metadata.time is an instant like 2026-11-21T23:50:00.000Z");
    }
  }

  private void verify(Map<String, Object> body, String text, String signature) {
    try {
      var certificate = certificate(Trees.required(body, "certificate"));
      certificate.checkValidity(java.util.Date.from(clock.instant()));
      var verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(text.getBytes(StandardCharsets.UTF_8));
      if (!verifier.verify(Base64.getDecoder().decode(signature))) {
        throw refused("the signature");
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused("the certificate or signature");
    }
  }

  static X509Certificate certificate(String pem) throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
  }

  private static Problem refused(String what) {
    return Problem.unauthenticated("wrong-credentials", "Refused: " + what + " does not hold");
  }

  private static Proof proof(Document credential) {
    var body = credential.body();
    var claims = new HashSet<String>();
    if (credential.type().equals(EnforcerProcessor.TYPE)) {
      claims.add(ENFORCER_CLAIM);
      claims.add(EnforcerProcessor.claim(credential.id()));
    } else {
      claims.add("@auth:realm=certificate");
      claims.add("@auth:credential=" + credential.id());
      claims.add("@auth:credentialname=" + Trees.required(body, "name"));
    }
    claims.add("@auth:namespace=" + credential.namespace());
    var longest =
        Trees.text(body, "maxIssuedTokenValidity")
            .map(Duration::parse)
            .orElse(Tokens.VALIDITY_DEFAULT);
    var networks = Trees.texts(body.get("authorizedSubnets"));
    return new Proof(
        claims,
        new Principal.Restrictions(Optional.of(credential.namespace()), List.of(), networks),
        longest);
  }
}
