package io.oarlock.engine;

import io.oarlock.model.Problem;
import io.oarlock.store.Document;
import java.util.List;
import java.util.Optional;

/**
 * Saving a hook policy: a new one gets the secrets its messages are signed with, and its URL is
 * checked as far as that goes without asking a name server.
 */
final class HookProcessor implements Processor {
  private final OutboundGuard guard;

  HookProcessor(OutboundGuard guard) {
    this.guard = guard;
  }

  /** The breaker moves by itself, so what a caller read of it is no wish to change it. */
  @Override
  public void prepare(Write write) {
    write.resource.remove("breaker");
  }

  @Override
  public void process(Write write) {
    if (!write.puts()) {
      write.alongside.add(HookStates.removal(write.id()));
      return;
    }
    if (write.creates()) {
      sign(write);
    }
    var before = write.original.map(Document::body).flatMap(body -> Trees.text(body, "endpoint"));
    var endpoint = write.text("endpoint");
    if (endpoint.isPresent() && !endpoint.equals(before)) {
      check(write, endpoint);
    }
  }

  private static void sign(Write write) {
    var keys = Signer.Keys.make();
    write.resource.put("signingSecrets", List.of(keys.secret()));
    write.resource.put("signingPublicKey", keys.publicKey());
    write.resource.put("signingPrivateKey", keys.privateKey());
    write.shownOnce.put("signingSecret", keys.secret());
  }

  private void check(Write write, Optional<String> endpoint) {
    try {
      guard.checkSpelling(write.namespace, endpoint.orElseThrow());
    } catch (Problem e) {
      write.refuse(e.code(), e.detail(), "/endpoint");
    }
  }
}
