package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A create repeated with the same key gets the first answer; the same key with another body is
 * refused. The record is committed with the write it remembers. Secrets shown once are not kept, so
 * the repeated answer lacks them.
 */
final class Idempotency {
  static final String TYPE = "idempotency";
  static final Duration KEPT = Duration.ofHours(24);
  private static final int KEY_MAX = 255;

  private final ResourceStore store;
  private final Clock clock;

  Idempotency(ResourceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  Optional<Answer> replay(Call call) {
    return key(call).flatMap(id -> store.get(TYPE, id)).map(record -> replay(call, record));
  }

  /** Whether a call with this key has had its answer. */
  boolean isAnswered(Call call) {
    return key(call).flatMap(id -> store.get(TYPE, id)).isPresent();
  }

  private static Answer replay(Call call, Document record) {
    if (!Trees.required(record.body(), "fingerprint").equals(fingerprint(call))) {
      throw Problem.conflict(
          "idempotency-key-reused",
          "This Idempotency-Key came with another body before; use a fresh key for a new resource");
    }
    return new Answer.One(Trees.object(record.body().get("answer")), true);
  }

  Optional<Batch.Write> remember(Call call, Answer answer) {
    if (!(answer instanceof Answer.One one)) {
      return Optional.empty();
    }
    return key(call)
        .map(id -> {
          var body = new LinkedHashMap<String, Object>();
          body.put("id", id);
          body.put("namespace", call.namespace().value());
          body.put("version", 1L);
          body.put("fingerprint", fingerprint(call));
          body.put("answer", withoutSecrets(call, one.resource()));
          var until = clock.instant().plus(KEPT);
          return new Batch.Write.Insert(
              new Document(TYPE, id, call.namespace(), 1, body, Optional.of(until)));
        });
  }

  private static Map<String, Object> withoutSecrets(Call call, Map<String, Object> resource) {
    var kept = new LinkedHashMap<>(resource);
    for (var attribute : call.type().attributes()) {
      if (attribute.is(io.oarlock.model.Attribute.Flag.SHOWN_ONCE)) {
        kept.remove(attribute.name());
      }
    }
    return kept;
  }

  /** Keys of two callers, types or namespaces never meet. */
  private static Optional<String> key(Call call) {
    if (call.operation() != Operation.CREATE || call.writing().dryRun()) {
      return Optional.empty();
    }
    return call.writing()
        .idempotencyKey()
        .map(key -> {
          if (key.isBlank() || key.length() > KEY_MAX) {
            throw Problem.malformed("An Idempotency-Key has 1 to " + KEY_MAX + " characters");
          }
          var claims = call.caller().principal().claims().stream().sorted().toList();
          return hash(claims + "\n" + call.namespace() + "\n" + call.type().name() + "\n" + key);
        });
  }

  private static String fingerprint(Call call) {
    return hash(Json.text(call.body()));
  }

  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
