package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One reaction to the event log, with a durable cursor. What it writes for some events and the
 * cursor after them are one batch, so a crash neither loses nor repeats a reaction. On several
 * nodes a lease lets one work at a time.
 *
 * <p>A cursor that moved over events without a reaction is not worth a write of its own each time:
 * it is saved within {@link #UNSAVED}. After a crash these events are looked at again.
 */
final class LogConsumer implements AutoCloseable {
  static final String CURSOR = "cursor";

  /** Events handed over at once. */
  private static final int STEP = 200;

  private static final Duration IDLE = Duration.ofSeconds(5);

  /** Longest time that a cursor is ahead of what is stored of it. */
  private static final Duration UNSAVED = Duration.ofSeconds(1);

  private static final Logger LOG = System.getLogger(LogConsumer.class.getName());

  /** What reacts. */
  interface Reaction {
    /** Adds to the batch what follows from the events. */
    void react(List<Event> events, Batch.Builder batch);

    /** After the batch was committed. */
    default void committed() {}

    /** How long the first event may wait for others, so that one batch takes them all. */
    default Duration patience() {
      return Duration.ZERO;
    }
  }

  /** The cursor as it is stored; version 0 for not yet. */
  private record Saved(long version, long sequence, long atNanos) {
    boolean isOld() {
      return System.nanoTime() - atNanos >= UNSAVED.toNanos();
    }
  }

  private final String name;
  private final Journal journal;
  private final ResourceStore store;
  private final Reaction reaction;
  private final Tenure tenure;
  private final Semaphore wake = new Semaphore(0);
  private EventLog.@Nullable Subscription subscription;
  private @Nullable Thread thread;
  private volatile boolean closed;
  private volatile long position;

  // Only the consumer's thread uses it; null when another node may have moved the cursor.
  private @Nullable Saved saved;

  LogConsumer(String name, String node, Journal journal, Reaction reaction) {
    this.name = name;
    this.journal = journal;
    this.store = journal.store();
    this.reaction = reaction;
    this.tenure = new Tenure(store.leases(), "log-" + name, node);
  }

  void start() {
    subscription = store.events().onAppend(wake::release);
    thread = Thread.ofVirtual().name("log-" + name).start(this::work);
  }

  String name() {
    return name;
  }

  /** Events committed and not reacted to yet. */
  long lag() {
    return Math.max(0, store.events().head() - position);
  }

  private void work() {
    while (!closed) {
      try {
        if (!tenure.holds()) {
          saved = null;
          await(IDLE);
        } else if (!step()) {
          await(rest());
        }
      } catch (InterruptedException e) {
        break;
      } catch (ConflictException e) {
        saved = null;
        LOG.log(Logger.Level.DEBUG, "{0} lost a race and reads its cursor again", name);
      } catch (StoreException e) {
        saved = null;
        if (!closed) {
          LOG.log(Logger.Level.WARNING, "{0} waits for the store: {1}", name, e.getMessage());
          pause();
        }
      }
    }
    saveLast();
  }

  private boolean step() throws InterruptedException {
    var from = saved == null ? load() : saved;
    var events = store.events().read(position, STEP);
    if (events.isEmpty()) {
      return false;
    }
    if (events.size() < STEP && reaction.patience().isPositive()) {
      Thread.sleep(reaction.patience());
      events = store.events().read(position, STEP);
    }
    var batch = Batch.builder();
    reaction.react(events, batch);
    while (batch.size() >= Batch.WRITES_MAX && events.size() > 1) {
      events = events.subList(0, events.size() / 2);
      batch = Batch.builder();
      reaction.react(events, batch);
    }
    var last = events.getLast().sequence();
    if (!batch.isEmpty() || from.isOld()) {
      save(from, last, batch);
    }
    position = last;
    reaction.committed();
    return true;
  }

  private Saved load() {
    var cursor = store.get(CURSOR, name);
    position = cursor.map(d -> Trees.number(d.body(), "sequence", 0)).orElse(0L);
    var found = new Saved(cursor.map(Document::version).orElse(0L), position, System.nanoTime());
    saved = found;
    return found;
  }

  private void save(Saved before, long sequence, Batch.Builder batch) {
    var version = before.version() + 1;
    var body = new LinkedHashMap<String, Object>();
    body.put("id", name);
    body.put("namespace", "/");
    body.put("version", version);
    body.put("sequence", sequence);
    var document = new Document(CURSOR, name, NamespacePath.ROOT, version, body, Optional.empty());
    batch.write(
        version > 1
            ? new Batch.Write.Replace(document, version - 1)
            : new Batch.Write.Insert(document));
    journal.commit(batch.build());
    saved = new Saved(version, sequence, System.nanoTime());
  }

  /** How long to wait for events; shorter while the cursor is not saved. */
  private Duration rest() {
    var known = saved;
    if (known == null || known.sequence() == position) {
      return IDLE;
    }
    if (known.isOld()) {
      save(known, position, Batch.builder());
      return IDLE;
    }
    return UNSAVED;
  }

  private void saveLast() {
    var known = saved;
    if (known != null && known.sequence() != position) {
      try {
        save(known, position, Batch.builder());
      } catch (ConflictException | StoreException e) {
        LOG.log(Logger.Level.DEBUG, "{0} could not save its cursor: {1}", name, e.getMessage());
      }
    }
  }

  private void await(Duration time) throws InterruptedException {
    if (wake.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void pause() {
    try {
      await(IDLE);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    if (subscription != null) {
      subscription.close();
    }
    Threads.end(thread);
    tenure.release();
  }
}
