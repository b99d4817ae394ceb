package io.oarlock.store.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.AppendSignal;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import io.oarlock.store.Ordering;
import io.oarlock.store.Page;
import io.oarlock.store.PageCursor;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * The store of a cluster: a MongoDB replica set. Writes and their events share one transaction,
 * acknowledged once a majority has it in its journal; reads see what a majority has.
 */
public final class MongoStore implements ResourceStore {
  private static final String DATABASE = "oarlock";
  private static final int SELECTION_SECONDS = 5;
  private static final int POOL_WAIT_SECONDS = 10;

  private final MongoClient client;
  private final MongoDatabase database;
  private final ResourceModel model;
  private final InstantSource clock;
  private final Schema schema;
  private final AppendSignal signal = new AppendSignal();
  private final GroupWriter writer;
  private final EventWatch watch;

  private MongoStore(
      ConnectionString address,
      ResourceModel model,
      InstantSource clock,
      Transactions transactions) {
    this.model = model;
    this.clock = clock;
    this.client = MongoClients.create(settings(address));
    try {
      var name = address.getDatabase();
      this.database = client.getDatabase(name == null ? DATABASE : name);
      this.schema = new Schema(database);
      ping();
      transactions.verify(client);
      schema.prepare(model);
    } catch (MongoException e) {
      client.close();
      throw new StoreException(
          "The MongoDB at %s cannot be used: %s. See that it runs and that the address is right"
              .formatted(String.join(",", address.getHosts()), e.getMessage()),
          e);
    } catch (StoreException e) {
      client.close();
      throw e;
    }
    this.writer = new GroupWriter(client, transactions, schema, model, clock, signal::signal);
    this.watch = new EventWatch(schema.events(), signal);
  }

  /** Opens the store at a {@code mongodb://} address; its database is oarlock unless it says so. */
  public static MongoStore open(String address, ResourceModel model) {
    return open(address, model, InstantSource.system(), new Transactions.OfReplicaSet());
  }

  static MongoStore open(
      String address, ResourceModel model, InstantSource clock, Transactions transactions) {
    try {
      return new MongoStore(new ConnectionString(address), model, clock, transactions);
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          "The address of the store is no MongoDB address ("
              + e.getMessage()
              + "). One looks like mongodb://host1,host2/?replicaSet=rs0",
          e);
    }
  }

  private static MongoClientSettings settings(ConnectionString address) {
    return MongoClientSettings.builder()
        .applicationName(DATABASE)
        .applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
        .applyToConnectionPoolSettings(
            pool -> pool.maxWaitTime(POOL_WAIT_SECONDS, TimeUnit.SECONDS))
        .applyConnectionString(address)
        // Not up to the address: less than this would acknowledge what can be lost.
        .readPreference(ReadPreference.primary())
        .readConcern(ReadConcern.MAJORITY)
        .writeConcern(WriteConcern.MAJORITY.withJournal(true))
        .build();
  }

  private void ping() {
    database.runCommand(new BsonDocument("ping", new BsonInt32(1)));
  }

  @Override
  public Optional<Document> get(String type, String id) {
    model.require(type);
    return Failures.reading(() ->
        Optional.ofNullable(
                schema
                    .documents(type)
                    .find(Filters.and(Filters.eq("_id", id), MongoQuery.alive(clock.millis())))
                    .first())
            .map(stored -> StoredForms.document(type, stored)));
  }

  private MongoQuery compiled(Query query) {
    return new MongoQuery(model.require(query.type()), query, clock.millis());
  }

  @Override
  public Page list(Query query) {
    var compiled = compiled(query);
    return Failures.reading(() -> {
      var found =
          schema
              .documents(query.type())
              .find(compiled.fromHere())
              .sort(compiled.sort())
              .skip(query.skip())
              .limit(query.limit() + 1)
              .map(stored -> StoredForms.document(query.type(), stored))
              .into(new ArrayList<>());
      return page(query, found);
    });
  }

  private static Page page(Query query, List<Document> found) {
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    var ordering = Ordering.of(query);
    var page = found.subList(0, query.limit());
    var last = PageCursor.after(page.getLast(), ordering);
    return new Page(page, Optional.of(last.text(ordering)));
  }

  @Override
  public long count(Query query) {
    var matching = compiled(query).matching();
    return Failures.reading(() -> schema.documents(query.type()).countDocuments(matching));
  }

  @Override
  public Total total(Query query) {
    var matching = compiled(query).matching();
    return Failures.reading(() -> Totals.of(schema.documents(query.type()), matching));
  }

  @Override
  public Plan explain(Query query) {
    var compiled = compiled(query);
    var documents = schema.documents(query.type());
    return Failures.reading(
        () -> Plans.read(documents.find(compiled.fromHere()).sort(compiled.sort()).explain()));
  }

  @Override
  public List<Event> commit(Batch batch) {
    return writer.commit(batch);
  }

  @Override
  public EventLog events() {
    return new MongoEvents(schema, signal);
  }

  @Override
  public Leases leases() {
    return new MongoLeases(schema, clock);
  }

  @Override
  public void check() {
    Failures.reading(() -> {
      ping();
      return true;
    });
  }

  @Override
  public void close() {
    writer.close();
    watch.close();
    signal.close();
    client.close();
  }
}
