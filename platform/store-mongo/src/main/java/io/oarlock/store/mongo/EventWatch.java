package io.oarlock.store.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.oarlock.store.AppendSignal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Follows the event collection, so that events of other nodes are heard of soon. It only wakes
 * readers up, and reading is by sequence; nothing is lost when it is late, repeats or restarts.
 *
 * <p>It resumes where it was. Where the server has forgotten that place it starts anew, and wakes
 * everybody to look for themselves. As long as it cannot follow at all it wakes them now and then.
 */
final class EventWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventWatch.class.getName());
  private static final int CHANGE_STREAM_HISTORY_LOST = 286;
  private static final long AWAIT_MILLIS = 1_000;

  /** Pause before following again after an error. */
  private static final long PAUSE_MILLIS = 1_000;

  private static final List<Bson> APPENDS =
      List.of(
          Aggregates.match(Filters.eq("operationType", "insert")),
          Aggregates.project(Projections.include("_id", "operationType")));

  private final MongoCollection<BsonDocument> events;
  private final AppendSignal signal;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable BsonDocument place;
  private boolean failing;

  EventWatch(MongoCollection<BsonDocument> events, AppendSignal signal) {
    this.events = events;
    this.signal = signal;
    this.thread = Thread.ofVirtual().name("oarlock-mongo-watch").start(this::run);
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        try {
          follow();
        } catch (MongoException e) {
          if (e.getCode() == CHANGE_STREAM_HISTORY_LOST) {
            place = null;
          }
          if (closed.getCount() > 0) {
            tell(e);
          }
          if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
        signal.signal();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  private void follow() {
    var stream = events.watch(APPENDS).maxAwaitTime(AWAIT_MILLIS, TimeUnit.MILLISECONDS);
    var from = place;
    try (var changes = (from == null ? stream : stream.resumeAfter(from)).cursor()) {
      failing = false;
      // What was appended before the stream began.
      signal.signal();
      while (closed.getCount() > 0) {
        if (changes.tryNext() != null) {
          signal.signal();
        }
        place = changes.getResumeToken();
      }
    }
  }

  private void tell(MongoException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "The event log of MongoDB cannot be followed, looking once a second: {0}",
          e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
