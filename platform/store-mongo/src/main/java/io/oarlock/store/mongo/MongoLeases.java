package io.oarlock.store.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lte;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import io.oarlock.store.ResourceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * Leases as one document each, changed by single atomic operations. Their ends are told by the
 * clocks of the nodes, which may differ; the epoch is what keeps a late owner from doing harm.
 */
final class MongoLeases implements ResourceStore.Leases {
  private final Schema schema;
  private final InstantSource clock;

  MongoLeases(Schema schema, InstantSource clock) {
    this.schema = schema;
    this.clock = clock;
  }

  @Override
  public Optional<ResourceStore.Lease> acquire(String name, String owner, Duration length) {
    return Failures.reading(() -> {
      var now = clock.instant();
      var until = new BsonDateTime(now.plus(length).toEpochMilli());
      var at = new BsonDateTime(now.toEpochMilli());
      var mine = and(eq("_id", name), eq("owner", owner), gt("until", at));
      var over = and(eq("_id", name), lte("until", at));
      return change(mine, Updates.set("until", until))
          .or(() ->
              change(
                  over,
                  Updates.combine(
                      Updates.set("owner", owner),
                      Updates.set("until", until),
                      Updates.inc("epoch", 1L))))
          .or(() -> first(name, owner, until));
    });
  }

  private Optional<ResourceStore.Lease> change(Bson filter, Bson update) {
    var after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    return Optional.ofNullable(schema.leases().findOneAndUpdate(filter, update, after))
        .map(MongoLeases::lease);
  }

  private Optional<ResourceStore.Lease> first(String name, String owner, BsonDateTime until) {
    var lease =
        new BsonDocument("_id", new BsonString(name))
            .append("owner", new BsonString(owner))
            .append("until", until)
            .append("epoch", new BsonInt64(1));
    try {
      schema.leases().insertOne(lease);
      return Optional.of(lease(lease));
    } catch (MongoWriteException e) {
      if (ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void release(String name, String owner) {
    var free =
        Updates.combine(
            Updates.set("owner", ""),
            Updates.set("until", new BsonDateTime(Instant.EPOCH.toEpochMilli())));
    Failures.reading(
        () -> schema.leases().updateOne(and(eq("_id", name), eq("owner", owner)), free));
  }

  private static ResourceStore.Lease lease(BsonDocument stored) {
    return new ResourceStore.Lease(
        stored.getString("_id").getValue(),
        stored.getString("owner").getValue(),
        stored.getInt64("epoch").getValue(),
        Instant.ofEpochMilli(stored.getDateTime("until").getValue()));
  }
}
