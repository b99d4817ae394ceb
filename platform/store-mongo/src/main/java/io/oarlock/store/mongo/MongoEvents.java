package io.oarlock.store.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.oarlock.store.AppendSignal;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;

/** The event log: a collection whose ids are the sequence, and a counter of the newest. */
final class MongoEvents implements EventLog {
  static final String COUNTER = "events";
  static final String HEAD = "head";

  /** Events forgotten in one operation. */
  private static final long TRIM_MAX = 10_000;

  private final Schema schema;
  private final AppendSignal signal;

  MongoEvents(Schema schema, AppendSignal signal) {
    this.schema = schema;
    this.signal = signal;
  }

  private MongoCollection<BsonDocument> events() {
    return schema.events();
  }

  @Override
  public List<Event> read(long after, int limit) {
    return Failures.reading(() ->
        events()
            .find(Filters.gt("_id", after))
            .sort(Sorts.ascending("_id"))
            .limit(limit)
            .map(StoredForms::event)
            .into(new ArrayList<>()));
  }

  @Override
  public long head() {
    return Failures.reading(() -> {
      var counter = schema.counters().find(Filters.eq("_id", COUNTER)).first();
      return counter == null ? 0 : counter.getInt64(HEAD).getValue();
    });
  }

  @Override
  public long oldest() {
    return Failures.reading(() -> {
      // The head first: what is appended meanwhile makes it no older than it was.
      var head = head();
      var first = events().find().sort(Sorts.ascending("_id")).limit(1).first();
      return first == null ? head + 1 : first.getInt64("_id").getValue();
    });
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    return signal.listen(listener);
  }

  @Override
  public void trim(long upTo) {
    var last = Math.min(upTo, head());
    for (var at = oldest(); at <= last; at += TRIM_MAX) {
      var until = Math.min(last, at + TRIM_MAX - 1);
      Failures.reading(() -> events().deleteMany(Filters.lte("_id", until)));
    }
  }
}
