package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The authority of each namespace over its enforcers, made when the first one enrols, its key
 * sealed. It goes with its namespace.
 */
final class EnforcerAuthorities {
  static final String TYPE = "enforcerauthority";

  /** How long an authority lasts. */
  static final Duration VALIDITY = Duration.ofDays(3650);

  private static final String KEY = "key";

  private final ResourceStore store;
  private final Namespaces namespaces;
  private final Vault vault;
  private final Clock clock;

  EnforcerAuthorities(ResourceStore store, Namespaces namespaces, Vault vault, Clock clock) {
    this.store = store;
    this.namespaces = namespaces;
    this.vault = vault;
    this.clock = clock;
  }

  /** The authority of a namespace; makes it when there is none. */
  CertificateAuthority of(NamespacePath namespace) {
    var id = id(namespace);
    return store.get(TYPE, id).map(this::read).orElseGet(() -> make(namespace, id));
  }

  /** One for each path, so that two nodes cannot make two. */
  static String id(NamespacePath namespace) {
    return UUID.nameUUIDFromBytes(namespace.value().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private CertificateAuthority read(Document document) {
    var body = document.body();
    return CertificateAuthority.read(
        new CertificateAuthority.Pair(
            Trees.required(body, "certificate"),
            vault.openText(path(document.id()), Trees.required(body, KEY))));
  }

  private CertificateAuthority make(NamespacePath namespace, String id) {
    var now = clock.instant();
    var made = CertificateAuthority.overEnforcers(namespace, VALIDITY, now);
    var pem = made.toPem();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", id);
    body.put("namespace", namespace.value());
    body.put("version", 1L);
    body.put("createTime", Instants.text(now));
    body.put("certificate", pem.certificate());
    body.put(KEY, vault.sealText(path(id), pem.key()));
    var batch = Batch.builder();
    namespaces.stillThere(namespace).ifPresent(batch::write);
    batch.write(
        new Batch.Write.Insert(new Document(TYPE, id, namespace, 1, body, Optional.empty())));
    try {
      store.commit(batch.build());
      return made;
    } catch (ConflictException e) {
      return store.get(TYPE, id).map(this::read).orElseThrow(() -> e);
    }
  }

  private static String path(String id) {
    return TYPE + "/" + id + "/" + KEY;
  }
}
