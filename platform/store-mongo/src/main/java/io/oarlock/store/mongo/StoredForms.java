package io.oarlock.store.mongo;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.NewEvent;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Documents and events as MongoDB keeps them: short names for what the store itself asks about. */
final class StoredForms {
  private StoredForms() {}

  static BsonDocument document(Document document) {
    var stored =
        new BsonDocument("_id", new BsonString(document.id()))
            .append("ns", new BsonString(document.namespace().value()))
            .append("v", new BsonInt64(document.version()));
    document.expiresAt().ifPresent(at -> stored.append("x", new BsonDateTime(at.toEpochMilli())));
    return stored.append("b", BsonTrees.document(document.body()));
  }

  static Document document(String type, BsonDocument stored) {
    return new Document(
        type,
        stored.getString("_id").getValue(),
        NamespacePath.of(stored.getString("ns").getValue()),
        stored.getInt64("v").getValue(),
        BsonTrees.tree(stored.getDocument("b")),
        expiry(stored));
  }

  static Optional<Instant> expiry(BsonDocument stored) {
    return stored.containsKey("x")
        ? Optional.of(Instant.ofEpochMilli(stored.getDateTime("x").getValue()))
        : Optional.empty();
  }

  /** Without its sequence, which only the commit knows. */
  static BsonDocument event(NewEvent event) {
    var stored =
        new BsonDocument("id", new BsonString(event.id()))
            .append("time", new BsonDateTime(event.time().toEpochMilli()))
            .append("type", new BsonString(event.type()))
            .append("op", new BsonString(event.operation().wire()))
            .append("ns", new BsonString(event.namespace().value()))
            .append("rid", new BsonString(event.resourceId()))
            .append("object", BsonTrees.document(event.object()))
            .append("cause", BsonTrees.document(event.cause()));
    event.original().ifPresent(original -> stored.append("original", BsonTrees.document(original)));
    return stored;
  }

  static BsonDocument numbered(BsonDocument event, long sequence) {
    var stored = new BsonDocument("_id", new BsonInt64(sequence));
    stored.putAll(event);
    return stored;
  }

  static Event event(BsonDocument stored) {
    return new Event(
        stored.getInt64("_id").getValue(),
        new NewEvent(
            stored.getString("id").getValue(),
            Instant.ofEpochMilli(stored.getDateTime("time").getValue()),
            stored.getString("type").getValue(),
            Operation.parse(stored.getString("op").getValue()).orElseThrow(),
            NamespacePath.of(stored.getString("ns").getValue()),
            stored.getString("rid").getValue(),
            BsonTrees.tree(stored.getDocument("object")),
            stored.containsKey("original")
                ? Optional.of(BsonTrees.tree(stored.getDocument("original")))
                : Optional.empty(),
            BsonTrees.tree(stored.getDocument("cause"))));
  }
}
