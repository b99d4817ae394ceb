package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * App credentials: a certificate of the platform's authority and, in the same batch, the API
 * authorization that grants its roles. The private key is shown once and never kept.
 */
final class CredentialProcessor implements Processor {
  static final Duration VALIDITY = Duration.ofDays(365);

  private final CertificateAuthority authority;
  private final Authorizer authorizer;
  private final Roles roles;
  private final ResourceType grantType;
  private final Stamp stamp;
  private final String apiUrl;

  CredentialProcessor(
      CertificateAuthority authority,
      Authorizer authorizer,
      Roles roles,
      ResourceType grantType,
      Stamp stamp,
      String apiUrl) {
    this.authority = authority;
    this.authorizer = authorizer;
    this.roles = roles;
    this.grantType = grantType;
    this.stamp = stamp;
    this.apiUrl = apiUrl;
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      var grant = grant(write, List.of());
      write.alongside.add(new Batch.Write.Remove(grantType.name(), grant.id(), 0));
      write.alongsideEvents.add(Answers.alongside(write, Operation.DELETE, grant));
      return;
    }
    var lines = Trees.texts(write.resource.get("roles"));
    authorizer.requireHolds(
        write.caller, write.namespace, roles.expand(lines, write.namespace), "/roles");
    if (write.creates() || write.resource.containsKey("csr")) {
      certify(write);
    }
    var grant = grant(write, lines);
    write.alongside.add(new Batch.Write.Put(grant));
    var operation = write.creates() ? Operation.CREATE : Operation.UPDATE;
    write.alongsideEvents.add(Answers.alongside(write, operation, grant));
  }

  private static String grantId(Write write) {
    return "g" + write.id();
  }

  private void certify(Write write) {
    var name = "app:credential:" + write.id() + ":" + Trees.required(write.resource, "name");
    var common = name.length() > 64 ? name.substring(0, 64) : name;
    var csr = write.text("csr");
    write.resource.remove("csr");
    if (csr.isPresent()) {
      try {
        write.resource.put(
            "certificate",
            authority.sign(csr.get(), common, write.namespace.value(), VALIDITY, write.now));
      } catch (IllegalArgumentException e) {
        write.refuse("bad-csr", String.valueOf(e.getMessage()), "/csr");
      }
      return;
    }
    var pair = authority.client(common, write.namespace.value(), VALIDITY, write.now);
    write.resource.put("certificate", pair.certificate());
    write.shownOnce.put("credentials", download(write, pair));
  }

  private Map<String, Object> download(Write write, CertificateAuthority.Pair pair) {
    var credentials = new LinkedHashMap<String, Object>();
    credentials.put("apiUrl", apiUrl);
    credentials.put("id", write.id());
    credentials.put("name", Trees.required(write.resource, "name"));
    credentials.put("namespace", write.namespace.value());
    credentials.put("certificate", pair.certificate());
    credentials.put("certificateKey", pair.key());
    credentials.put("certificateAuthority", authority.toPem().certificate());
    return credentials;
  }

  private Document grant(Write write, List<String> lines) {
    var now = Instants.text(write.now);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", grantId(write));
    body.put("namespace", write.namespace.value());
    body.put("name", "credential " + Trees.required(write.resource, "name"));
    body.put("description", "Made with the app credential of this name, and goes with it.");
    body.put("createTime", now);
    body.put("updateTime", now);
    body.put("version", 1L);
    body.put("protected", true);
    body.put(
        "subject", List.of(List.of("@auth:realm=certificate", "@auth:credential=" + write.id())));
    body.put("authorizedIdentities", lines);
    body.put("authorizedNamespace", write.namespace.value());
    body.put("propagate", true);
    body.put("normalizedTags", stamp.normalized(grantType, body));
    return new Document(
        grantType.name(), grantId(write), write.namespace, 1, body, Optional.empty());
  }
}
