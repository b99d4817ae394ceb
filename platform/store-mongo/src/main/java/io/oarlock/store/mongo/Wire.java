package io.oarlock.store.mongo;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** What a group of batches does on the server, in its transaction. */
final class Wire {
  private final @Nullable ClientSession session;

  Wire(@Nullable ClientSession session) {
    this.session = session;
  }

  List<BsonDocument> find(
      MongoCollection<BsonDocument> collection, Bson filter, BsonDocument fields) {
    var found = session == null ? collection.find(filter) : collection.find(session, filter);
    return found.projection(fields).into(new ArrayList<>());
  }

  /** Changes the one document of that filter, made if it is not there; as it is afterwards. */
  @Nullable BsonDocument change(
      MongoCollection<BsonDocument> collection, Bson filter, Bson update) {
    var options = new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
    return session == null
        ? collection.findOneAndUpdate(filter, update, options)
        : collection.findOneAndUpdate(session, filter, update, options);
  }

  void write(
      MongoCollection<BsonDocument> collection, List<? extends WriteModel<BsonDocument>> writes) {
    if (writes.isEmpty()) {
      return;
    }
    var ordered = new BulkWriteOptions().ordered(true);
    if (session == null) {
      collection.bulkWrite(writes, ordered);
    } else {
      collection.bulkWrite(session, writes, ordered);
    }
  }
}
