package io.oarlock.store.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Updates;
import io.oarlock.model.ResourceModel;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Event;
import io.oarlock.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/**
 * The one thread of a node that writes, many batches in one transaction.
 *
 * <p>Each transaction adds to one counter document what it appends to the log, so that of two which
 * run at the same time one has to start again. Transactions are therefore in one order, sequence
 * numbers have no gaps, and no reader can see a number before all smaller ones.
 */
final class GroupWriter implements AutoCloseable {
  private static final int QUEUE_MAX = 4096;
  private static final int GROUP_MAX = 128;
  private static final int GROUP_WRITES_MAX = 2 * Batch.WRITES_MAX;

  private record Pending(Prepared batch, CompletableFuture<List<Event>> answer) {}

  private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final MongoClient client;
  private final Transactions transactions;
  private final Schema schema;
  private final ResourceModel model;
  private final InstantSource clock;
  private final Runnable onEvents;
  private final Thread thread;
  private volatile boolean closing;

  GroupWriter(
      MongoClient client,
      Transactions transactions,
      Schema schema,
      ResourceModel model,
      InstantSource clock,
      Runnable onEvents) {
    this.client = client;
    this.transactions = transactions;
    this.schema = schema;
    this.model = model;
    this.clock = clock;
    this.onEvents = onEvents;
    this.thread = Thread.ofPlatform().daemon().name("oarlock-mongo-writer").unstarted(this::run);
    thread.start();
  }

  List<Event> commit(Batch batch) {
    var pending = new Pending(Prepared.of(batch, model), new CompletableFuture<>());
    try {
      queue.put(pending);
      if (closing) {
        refuseRest();
      }
      return pending.answer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted before the write was taken up", e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        var group = next();
        if (!group.isEmpty()) {
          write(group);
        }
      } catch (InterruptedException e) {
        closing = true; // nobody but close() does that
      }
    }
    refuseRest();
  }

  private List<Pending> next() throws InterruptedException {
    var group = new ArrayList<Pending>();
    var first = queue.poll(200, TimeUnit.MILLISECONDS);
    var writes = 0;
    for (var next = first; next != null; next = queue.poll()) {
      group.add(next);
      writes += next.batch.writes().size();
      if (group.size() == GROUP_MAX || writes + Batch.WRITES_MAX > GROUP_WRITES_MAX) {
        return group;
      }
    }
    return group;
  }

  private void write(List<Pending> group) {
    try {
      var answers = transactions.run(client, wire -> attempt(wire, group));
      answers.forEach(Runnable::run);
      onEvents.run();
    } catch (RuntimeException e) {
      if (group.size() > 1 && Failures.isOfTheData(e)) {
        // One of them does not fit; the others shall not suffer.
        group.forEach(each -> write(List.of(each)));
      } else {
        refuse(group, Failures.ofWriting(e));
      }
    }
  }

  /** Does all that the batches ask, but for the commit; may be called again. */
  private List<Runnable> attempt(Wire wire, List<Pending> pendings) {
    var group = new Group(model, clock.instant());
    group.load(wire, schema, pendings.stream().map(Pending::batch).toList());
    var refused = new ArrayList<Runnable>();
    var accepted = new ArrayList<Pending>();
    for (var pending : pendings) {
      try {
        group.add(pending.batch);
        accepted.add(pending);
      } catch (ConflictException e) {
        refused.add(() -> pending.answer.completeExceptionally(e));
      }
    }
    var answers = new ArrayList<>(refused);
    answers.addAll(answers(accepted, group.isEmpty() ? 0 : apply(wire, group)));
    return answers;
  }

  /** Writes it all; the sequence before the first event. */
  private long apply(Wire wire, Group group) {
    var appended = group.events().size();
    var log =
        wire.change(
            schema.counters(),
            Filters.eq("_id", MongoEvents.COUNTER),
            Updates.combine(
                Updates.inc(MongoEvents.HEAD, (long) appended), Updates.inc("groups", 1L)));
    if (log == null) {
      throw new StoreException("The counter of the event log cannot be written", null);
    }
    var before = log.getInt64(MongoEvents.HEAD).getValue() - appended;
    group.writes().forEach((type, writes) -> wire.write(schema.documents(type), writes));
    var events = new ArrayList<InsertOneModel<BsonDocument>>();
    for (var event : group.events()) {
      var numbered = StoredForms.numbered(event, before + events.size() + 1);
      events.add(new InsertOneModel<>(numbered));
    }
    wire.write(schema.events(), events);
    return before;
  }

  private static List<Runnable> answers(List<Pending> accepted, long before) {
    var answers = new ArrayList<Runnable>();
    var head = before;
    for (var pending : accepted) {
      var events = Batch.numbered(pending.batch.batch().events(), head);
      head += events.size();
      answers.add(() -> pending.answer.complete(events));
    }
    return answers;
  }

  private static void refuse(List<Pending> group, StoreException reason) {
    group.forEach(pending -> pending.answer.completeExceptionally(reason));
  }

  private void refuseRest() {
    var rest = new ArrayList<Pending>();
    queue.drainTo(rest);
    refuse(rest, new StoreException("The store is closed", null));
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
