package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.wire.EnforcerKey;
import io.oarlock.enforcer.wire.Trust;
import io.oarlock.model.NamespacePath;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who this agent is, once it enrolled.
 *
 * @param id of the enforcer at the platform
 * @param platformAuthority vouches for the platform's TLS certificate, PEM
 * @param authority over the enforcers of the namespace, PEM
 * @param certificate of this enforcer, PEM
 * @param key of this enforcer, PEM
 */
record Enrolment(
    String id,
    String name,
    NamespacePath namespace,
    URI url,
    String platformAuthority,
    String authority,
    String certificate,
    String key) {

  static Enrolment of(Map<String, Object> tree) {
    return new Enrolment(
        Tree.required(tree, "id"),
        Tree.required(tree, "name"),
        NamespacePath.of(Tree.required(tree, "namespace")),
        URI.create(Tree.required(tree, "url")),
        Tree.required(tree, "platformAuthority"),
        Tree.required(tree, "authority"),
        Tree.required(tree, "certificate"),
        Tree.required(tree, "key"));
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id);
    tree.put("name", name);
    tree.put("namespace", namespace.value());
    tree.put("url", url.toString());
    tree.put("platformAuthority", platformAuthority);
    tree.put("authority", authority);
    tree.put("certificate", certificate);
    tree.put("key", key);
    return tree;
  }

  Enrolment renewed(String newCertificate) {
    return new Enrolment(
        id, name, namespace, url, platformAuthority, authority, newCertificate, key);
  }

  X509Certificate x509() {
    return Pem.certificate(certificate);
  }

  X509Certificate authorityX509() {
    return Pem.certificate(authority);
  }

  PrivateKey privateKey() {
    return Pem.key(key);
  }

  EnforcerKey enforcerKey() {
    return new EnforcerKey(id, x509(), privateKey());
  }

  /** Believes the enforcers of its own namespace, and nobody else. */
  Trust.Anchor anchor() {
    return new Trust.Anchor(authorityX509(), namespace);
  }

  Instant until() {
    return x509().getNotAfter().toInstant();
  }

  /** When a third of the certificate's time has passed. */
  Instant renewal() {
    var from = x509().getNotBefore().toInstant();
    return from.plus(Duration.between(from, until()).dividedBy(3));
  }

  @Override
  public String toString() {
    return name + " (" + id + ") of " + namespace;
  }
}
