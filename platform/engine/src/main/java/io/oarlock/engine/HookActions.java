package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be asked of hook policies. */
final class HookActions {
  /** Longest time that an old secret signs beside a new one. */
  static final Duration OVERLAP_MAX = Duration.ofDays(7);

  private final Journal journal;
  private final Lookup lookup;
  private final Vault vault;
  private final Answers answers;
  private final Revalidation revalidation;
  private final Clock clock;

  HookActions(
      Journal journal,
      Lookup lookup,
      Vault vault,
      Answers answers,
      Revalidation revalidation,
      Clock clock) {
    this.journal = journal;
    this.lookup = lookup;
    this.vault = vault;
    this.answers = answers;
    this.revalidation = revalidation;
    this.clock = clock;
  }

  Map<String, Actions> all() {
    return Map.of(
        "hookpolicy/rotate",
        this::rotate,
        "hookpolicy/revalidate",
        call -> revalidation.act(call, hook(call)));
  }

  private Document hook(ActionCall call) {
    var id = call.id().orElseThrow(() -> Problem.malformed("An id is missing"));
    return lookup
        .find(call.type(), call.namespace(), id)
        .orElseThrow(() -> Lookup.absent(call.type(), call.namespace(), id));
  }

  /**
   * The new secret signs first; whoever knows only the old one is served until the overlap ends.
   */
  private Map<String, Object> rotate(ActionCall call) {
    var overlap = Trees.text(call.body(), "overlap").map(Duration::parse).orElse(OVERLAP_MAX);
    if (overlap.isNegative() || overlap.compareTo(OVERLAP_MAX) > 0) {
      throw Problem.malformed("overlap is PT0S to " + OVERLAP_MAX + ", not " + overlap);
    }
    var stored = hook(call);
    var secret = Signer.Keys.newSecret();
    var until = Instants.text(clock.instant().plus(overlap));
    var body = new LinkedHashMap<>(vault.open(call.type(), stored.id(), stored.body()));
    var secrets = new ArrayList<Object>(List.of(secret));
    Trees.texts(body.get("signingSecrets")).stream().limit(1).forEach(secrets::add);
    body.put("signingSecrets", secrets);
    body.put("oldSecretUntil", until);
    body.put("version", stored.version() + 1);
    body.put("updateTime", Instants.text(clock.instant()));
    commit(call, stored, body);
    return Map.of("signingSecret", secret, "oldSecretUntil", until);
  }

  private void commit(ActionCall call, Document stored, Map<String, Object> body) {
    var type = call.type();
    var next =
        new Document(
            type.name(),
            stored.id(),
            stored.namespace(),
            stored.version() + 1,
            vault.seal(type, stored.id(), body),
            stored.expiresAt());
    try {
      journal.commit(
          Batch.builder()
              .write(new Batch.Write.Replace(next, stored.version()))
              .event(answers.updated(type, stored, next, call.caller(), clock.instant()))
              .build());
    } catch (ConflictException e) {
      throw Problem.conflict("busy", "Somebody else changes this hook right now; try again");
    }
  }
}
