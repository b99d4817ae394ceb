package io.oarlock.store;

import java.util.ArrayList;
import java.util.List;

/** The event log of the embedded store. */
final class EmbeddedEvents implements EventLog {
  static final String HEAD = "events.head";
  private static final int TRIM_MAX = 1000;

  private final Writer writer;
  private final AppendSignal signal;
  private final RecentEvents recent = new RecentEvents();

  EmbeddedEvents(Writer writer, AppendSignal signal) {
    this.writer = writer;
    this.signal = signal;
  }

  /** The newest sequence, remembered aside when all events were trimmed. */
  static long head(Tables tables) {
    var last = tables.events().lastKey();
    var remembered = tables.state().get(HEAD);
    return Math.max(
        last == null ? 0 : last, remembered == null ? 0 : new ByteSource(remembered).i64());
  }

  @Override
  public List<Event> read(long after, int limit) {
    return writer.read(snapshot -> {
      var found = new ArrayList<Event>();
      var cursor = snapshot.events().cursor(after + 1);
      while (found.size() < limit && cursor.hasNext()) {
        var sequence = cursor.next();
        found.add(recent.event(sequence, cursor.getValue()));
      }
      return found;
    });
  }

  @Override
  public long head() {
    return writer.head();
  }

  @Override
  public long oldest() {
    return writer.read(snapshot -> {
      var first = snapshot.events().firstKey();
      return first == null ? snapshot.head() + 1 : first;
    });
  }

  @Override
  public Subscription onAppend(Runnable listener) {
    return signal.listen(listener);
  }

  @Override
  public void trim(long upTo) {
    var more = true;
    while (more) {
      more =
          writer.submit(changes -> {
            changes.state(HEAD, new ByteSink(8).i64(changes.head()).toBytes());
            return changes.trim(upTo, TRIM_MAX);
          });
    }
  }
}
