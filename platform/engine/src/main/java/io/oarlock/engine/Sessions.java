package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;

/** A record of each token that was issued; deleting it revokes the token. */
final class Sessions implements Processor {
  static final String TYPE = "session";

  private final ResourceStore store;
  private final ResourceType revocation;
  private final Clock clock;

  Sessions(ResourceStore store, ResourceType revocation, Clock clock) {
    this.store = store;
    this.revocation = revocation;
    this.clock = clock;
  }

  void opened(
      String realm, Tokens.Issued issued, Principal.Restrictions limits, Call.Origin origin) {
    var now = clock.instant();
    var at = limits.namespace().orElse(NamespacePath.ROOT);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", issued.id());
    body.put("namespace", at.value());
    body.put("createTime", Instants.text(now));
    body.put("updateTime", Instants.text(now));
    body.put("tokenId", issued.id());
    body.put("realm", realm);
    body.put("issuedAt", Instants.text(now));
    body.put("claims", Trees.texts(issued.claims().get("identity")));
    body.put("expiresAt", Instants.text(issued.expiresAt()));
    origin.address().ifPresent(address -> body.put("source", address));
    var document = new Document(TYPE, issued.id(), at, 1, body, Optional.of(issued.expiresAt()));
    store.commit(Batch.builder().write(new Batch.Write.Put(document)).build());
  }

  @Override
  public void process(Write write) {
    if (write.operation != Operation.DELETE) {
      return;
    }
    var body = new LinkedHashMap<String, Object>();
    var id = "r" + write.id();
    body.put("id", id);
    body.put("namespace", write.namespace.value());
    body.put("createTime", Instants.text(write.now));
    body.put("updateTime", Instants.text(write.now));
    body.put("tokenId", Trees.required(write.resource, "tokenId"));
    body.put("reason", "Its session was deleted.");
    body.put("expirationTime", Trees.required(write.resource, "expiresAt"));
    var document = new Document(revocation.name(), id, write.namespace, 1, body, Optional.empty());
    write.alongside.add(new Batch.Write.Put(document));
    write.alongsideEvents.add(Answers.alongside(write, Operation.CREATE, document));
  }
}
