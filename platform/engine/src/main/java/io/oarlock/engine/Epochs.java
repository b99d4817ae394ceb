package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Numbers what the policies of a namespace are: the same content has the same epoch on every node
 * and after every restart, other content the next one. The number is taken by compare-and-set from
 * a record that was read before the policies were, so an epoch never goes back to what was before.
 */
final class Epochs {
  static final String TYPE = "enforcerepoch";

  /** Tries of a number that other nodes take at the same time. */
  private static final int TRIES_MAX = 20;

  private final ResourceStore store;
  private final Namespaces namespaces;

  /** What counts from that epoch on. */
  record Numbered(long epoch, Resolution.Content content) {}

  Epochs(ResourceStore store, Namespaces namespaces) {
    this.store = store;
    this.namespaces = namespaces;
  }

  Numbered number(NamespacePath namespace, Supplier<Resolution.Content> resolve) {
    var id = EnforcerAuthorities.id(namespace);
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var known = store.get(TYPE, id);
      var content = resolve.get();
      var hash = hash(content.tree());
      if (known.filter(each -> hash.equals(each.body().get("hash"))).isPresent()) {
        return new Numbered(known.get().version(), content);
      }
      var next = document(namespace, id, known.map(Document::version).orElse(0L) + 1, hash);
      if (isTaken(next)) {
        return new Numbered(next.version(), content);
      }
    }
    throw Problem.conflict(
        "policies-in-motion",
        "The policies of " + namespace + " change faster than they can be numbered; ask again");
  }

  private static Document document(NamespacePath namespace, String id, long version, String hash) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", namespace.value());
    body.put("version", version);
    body.put("hash", hash);
    return new Document(TYPE, id, namespace, version, body, Optional.empty());
  }

  private boolean isTaken(Document next) {
    var batch = Batch.builder();
    namespaces.stillThere(next.namespace()).ifPresent(batch::write);
    batch.write(
        next.version() == 1
            ? new Batch.Write.Insert(next)
            : new Batch.Write.Replace(next, next.version() - 1));
    try {
      store.commit(batch.build());
      return true;
    } catch (ConflictException e) {
      namespaces.refresh();
      return false;
    }
  }

  private static String hash(Map<String, Object> tree) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Json.write(tree));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
