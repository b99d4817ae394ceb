package io.oarlock.store.mongo;

import io.oarlock.model.ResourceModel;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/** A batch with everything encoded, made on the thread of its caller. */
record Prepared(Batch batch, List<Change> writes, List<BsonDocument> events) {
  /** One write, with what it stores. */
  record Change(Batch.Write write, Optional<BsonDocument> stored, List<Claim> claims) {}

  static Prepared of(Batch batch, ResourceModel model) {
    return new Prepared(
        batch,
        batch.writes().stream().map(write -> change(write, model)).toList(),
        batch.events().stream().map(StoredForms::event).toList());
  }

  private static Change change(Batch.Write write, ResourceModel model) {
    return switch (write) {
      case Batch.Write.Insert(var document) -> change(write, model, document);
      case Batch.Write.Replace(var document, var _) -> change(write, model, document);
      case Batch.Write.Put(var document) -> change(write, model, document);
      case Batch.Write.Remove _, Batch.Write.Check _ -> {
        model.require(write.type());
        yield new Change(write, Optional.empty(), List.of());
      }
    };
  }

  private static Change change(Batch.Write write, ResourceModel model, Document document) {
    var type = model.require(document.type());
    return new Change(
        write,
        Optional.of(StoredForms.document(document)),
        Claim.of(type, document.namespace(), document.body()));
  }
}
