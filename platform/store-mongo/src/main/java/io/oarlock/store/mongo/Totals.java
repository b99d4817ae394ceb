package io.oarlock.store.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CountOptions;
import io.oarlock.store.ResourceStore;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/** How many documents match: counted up to a bound, beyond it estimated from a sample. */
final class Totals {
  /** Most documents that are counted. */
  private static final int COUNTED_MAX = 10_000;

  /**
   * Documents of the sample. The server picks that few of many with a random cursor, without
   * reading the others; see $sample in MongoDB's manual.
   */
  private static final int SAMPLE = 1000;

  private Totals() {}

  static ResourceStore.Total of(MongoCollection<BsonDocument> documents, Bson matching) {
    var counted = documents.countDocuments(matching, new CountOptions().limit(COUNTED_MAX + 1));
    return counted <= COUNTED_MAX
        ? ResourceStore.Total.exactly(counted)
        : new ResourceStore.Total(Math.max(counted, estimate(documents, matching)), false);
  }

  private static long estimate(MongoCollection<BsonDocument> documents, Bson matching) {
    var sample = List.of(Aggregates.sample(SAMPLE), Aggregates.match(matching), Aggregates.count());
    var found = documents.aggregate(sample).first();
    var share = found == null ? 0 : found.getNumber("count").longValue();
    return documents.estimatedDocumentCount() * share / SAMPLE;
  }
}
