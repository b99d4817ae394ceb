package io.oarlock.store.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.oarlock.model.Index;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.ValueType;
import io.oarlock.store.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** The collections of the store, and their indexes brought into line with a model. */
final class Schema {
  /** Raised when databases written before can no longer be read. */
  static final String FORMAT = "oarlock-mongo 1";

  private static final String EXPIRY = "expiry";
  private static final String OWN = "namespace";

  private final MongoDatabase database;

  Schema(MongoDatabase database) {
    this.database = database;
  }

  MongoCollection<BsonDocument> documents(String type) {
    return collection("documents." + type);
  }

  MongoCollection<BsonDocument> events() {
    return collection("events");
  }

  MongoCollection<BsonDocument> counters() {
    return collection("counters");
  }

  MongoCollection<BsonDocument> leases() {
    return collection("leases");
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return database.getCollection(name, BsonDocument.class);
  }

  void prepare(ResourceModel model) {
    verifyFormat();
    var there = database.listCollectionNames().into(new HashSet<>());
    for (var name : List.of("events", "counters", "leases")) {
      create(there, name);
    }
    makeCounter();
    for (var type : model.types()) {
      create(there, "documents." + type.name());
      index(documents(type.name()), type);
    }
  }

  private void verifyFormat() {
    var stored =
        collection("store")
            .findOneAndUpdate(
                Filters.eq("_id", "format"),
                Updates.setOnInsert("format", FORMAT),
                new FindOneAndUpdateOptions().upsert(true));
    if (stored != null && !stored.getString("format").getValue().equals(FORMAT)) {
      throw new StoreException(
          "The database %s has the format \"%s\", this version reads \"%s\". Use the version that"
                  .formatted(database.getName(), stored.getString("format").getValue(), FORMAT)
              + " wrote it, or another database",
          null);
    }
  }

  // Two transactions that both had to make it would both fail.
  private void makeCounter() {
    var none =
        Updates.combine(
            Updates.setOnInsert(MongoEvents.HEAD, 0L), Updates.setOnInsert("groups", 0L));
    try {
      counters()
          .updateOne(
              Filters.eq("_id", MongoEvents.COUNTER), none, new UpdateOptions().upsert(true));
    } catch (MongoWriteException e) {
      if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
    }
  }

  // Collections are made outside transactions, where older servers cannot make them.
  private void create(Set<String> there, String name) {
    if (there.add(name)) {
      try {
        database.createCollection(name);
      } catch (MongoCommandException e) {
        if (e.getErrorCode() != NAMESPACE_EXISTS) {
          throw e;
        }
      }
    }
  }

  private static final int NAMESPACE_EXISTS = 48;

  private static void index(MongoCollection<BsonDocument> documents, ResourceType type) {
    var wanted = new HashSet<String>();
    for (var index : wanted(type)) {
      wanted.add(make(documents, index));
    }
    var expiry = new IndexOptions().name(EXPIRY).expireAfter(0L, TimeUnit.SECONDS);
    documents.createIndex(new BsonDocument("x", new BsonInt32(1)), expiry);
    for (var there : documents.listIndexes(BsonDocument.class)) {
      var name = there.getString("name").getValue();
      if (name.startsWith(OWN) && !wanted.contains(name)) {
        documents.dropIndex(name);
      }
    }
  }

  private static List<Index> wanted(ResourceType type) {
    var indexes = new ArrayList<Index>();
    indexes.add(new Index(List.of(), false));
    type.indexes().stream()
        .filter(index -> !index.attributes().isEmpty())
        // MongoDB has no index over two lists; the first attributes alone serve.
        .map(index -> withOneList(type, index))
        .forEach(indexes::add);
    return indexes;
  }

  private static Index withOneList(ResourceType type, Index index) {
    var lists = 0;
    var kept = new ArrayList<String>();
    for (var attribute : index.attributes()) {
      var value = type.attribute(attribute).map(a -> a.type());
      lists += value.filter(ValueType.ListOf.class::isInstance).isPresent() ? 1 : 0;
      if (lists > 1) {
        return new Index(kept, false);
      }
      kept.add(attribute);
    }
    return index;
  }

  /** Makes an index unless it is there; its name tells all that it is. */
  private static String make(MongoCollection<BsonDocument> documents, Index index) {
    var keys = new BsonDocument("ns", new BsonInt32(1));
    var present = new BsonDocument();
    var name = new StringBuilder(OWN);
    for (var attribute : index.attributes()) {
      var path = BsonTrees.path(attribute);
      keys.append(path, new BsonInt32(1));
      present.append(path, new BsonDocument("$exists", BsonBoolean.TRUE));
      name.append(',').append(attribute);
    }
    var options = new IndexOptions();
    if (index.unique()) {
      name.append(" unique");
      options.unique(true).partialFilterExpression(present);
    } else {
      keys.append("_id", new BsonInt32(1));
    }
    documents.createIndex(keys, options.name(name.toString()));
    return name.toString();
  }
}
