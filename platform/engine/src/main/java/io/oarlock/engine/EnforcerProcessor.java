package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Enforcers: one that enrols with a request gets a certificate of its namespace's authority and, in
 * the same batch, the role of an enforcer there. From then on it proves itself by that certificate
 * and changes no enforcer but itself. Deleting it takes the role away and revokes the certificate.
 */
final class EnforcerProcessor implements Processor {
  static final String TYPE = "enforcer";

  /** Revoked certificates, until they would have ended by themselves. */
  static final String REVOKED = "enforcerrevocation";

  /** Renewed after a third of it, so that an enforcer outlives two days without the platform. */
  static final Duration VALIDITY = Duration.ofDays(3);

  private static final String CERTIFICATE = "certificate";
  private static final String REQUEST = "certificateRequest";

  /** What is shown and never stored; whoever writes back what they read does not mean it. */
  private static final List<String> OBSERVED = List.of("lastSyncTime", "epoch", "unreachable");

  private final EnforcerAuthorities authorities;
  private final ResourceType grantType;
  private final Stamp stamp;

  EnforcerProcessor(EnforcerAuthorities authorities, ResourceType grantType, Stamp stamp) {
    this.authorities = authorities;
    this.grantType = grantType;
    this.stamp = stamp;
  }

  /** The enforcer that calls; empty for anybody else. */
  static Optional<String> caller(Principal principal) {
    return principal.claims().contains(CredentialRealm.ENFORCER_CLAIM)
        ? principal.claim(TYPE)
        : Optional.empty();
  }

  @Override
  public void prepare(Write write) {
    OBSERVED.forEach(write.resource::remove);
  }

  @Override
  public void process(Write write) {
    var caller = caller(write.caller.principal());
    requireItself(write, caller);
    if (!write.puts()) {
      remove(write);
      return;
    }
    if (write.text(REQUEST).isPresent()) {
      if (!write.creates() && caller.isEmpty()) {
        write.refuse(
            "not-the-enforcer",
            "Only the enforcer itself renews its certificate; register another one instead",
            "/" + REQUEST);
        return;
      }
      certify(write);
    }
    if (write.creates() && write.resource.containsKey(CERTIFICATE)) {
      var grant = grant(write);
      write.alongside.add(new Batch.Write.Put(grant));
      write.alongsideEvents.add(Answers.alongside(write, Operation.CREATE, grant));
    }
  }

  private static void requireItself(Write write, Optional<String> caller) {
    if (caller.isPresent() && !caller.get().equals(write.id())) {
      throw Problem.forbidden("not-the-enforcer", "An enforcer changes no enforcer but itself");
    }
  }

  private void certify(Write write) {
    var authority = authorities.of(write.namespace);
    try {
      var certificate =
          authority.enforcer(
              write.text(REQUEST).orElseThrow(), write.id(), write.namespace, VALIDITY, write.now);
      write.resource.put(CERTIFICATE, CertificateAuthority.pem(certificate));
      write.resource.put("certificateAuthority", authority.toPem().certificate());
    } catch (IllegalArgumentException e) {
      write.refuse("bad-csr", String.valueOf(e.getMessage()), "/" + REQUEST);
    }
  }

  private void remove(Write write) {
    write.alongside.add(new Batch.Write.Remove(EnforcerParts.STATE, write.id(), 0));
    if (write.text(CERTIFICATE).isEmpty()) {
      return;
    }
    var grant = grant(write);
    write.alongside.add(new Batch.Write.Remove(grantType.name(), grant.id(), 0));
    write.alongsideEvents.add(Answers.alongside(write, Operation.DELETE, grant));
    write.alongside.add(new Batch.Write.Put(revocation(write)));
  }

  private static Document revocation(Write write) {
    var certificate = certificate(write);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", write.id());
    body.put("namespace", write.namespace.value());
    body.put("version", 1L);
    body.put("createTime", Instants.text(write.now));
    body.put("serial", certificate.getSerialNumber().toString());
    var ends = certificate.getNotAfter().toInstant();
    return new Document(REVOKED, write.id(), write.namespace, 1, body, Optional.of(ends));
  }

  private static X509Certificate certificate(Write write) {
    try {
      return CredentialRealm.certificate(write.text(CERTIFICATE).orElseThrow());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A stored certificate cannot be read", e);
    }
  }

  private Document grant(Write write) {
    var id = "g" + write.id();
    var now = Instants.text(write.now);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", write.namespace.value());
    body.put("name", "enforcer " + Trees.required(write.resource, "name"));
    body.put("description", "Made with the enforcer of this name, and goes with it.");
    body.put("createTime", now);
    body.put("updateTime", now);
    body.put("version", 1L);
    body.put("protected", true);
    body.put("subject", List.of(List.of(CredentialRealm.ENFORCER_CLAIM, claim(write.id()))));
    body.put("authorizedIdentities", List.of("@role=" + Roles.ENFORCER));
    body.put("authorizedNamespace", write.namespace.value());
    body.put("propagate", true);
    body.put("normalizedTags", stamp.normalized(grantType, body));
    return new Document(grantType.name(), id, write.namespace, 1, body, Optional.empty());
  }

  static String claim(String id) {
    return "@auth:" + TYPE + "=" + id;
  }
}
