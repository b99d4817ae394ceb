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
 */
final class LogConsumer implements AutoCloseable {
  static final String CURSOR = "cursor";

  /** Events handed over at once. */
  private static final int STEP = 200;

  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Logger LOG = System.getLogger(LogConsumer.class.getName());

  /** What reacts. */
  interface Reaction {
    /** Adds to the batch what follows from the events. */
    void react(List<Event> events, Batch.Builder batch);

    /** After the batch was committed. */
    default void committed() {}
  }

  private final String name;
  private final String node;
  private final Journal journal;
  private final ResourceStore store;
  private final Reaction reaction;
  private final Semaphore wake = new Semaphore(0);
  private EventLog.@Nullable Subscription subscription;
  private @Nullable Thread thread;
  private volatile boolean closed;
  private volatile long position;

  LogConsumer(String name, String node, Journal journal, Reaction reaction) {
    this.name = name;
    this.node = node;
    this.journal = journal;
    this.store = journal.store();
    this.reaction = reaction;
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
        if (store.leases().acquire("log-" + name, node, LEASE).isEmpty() || !step()) {
          await();
        }
      } catch (InterruptedException e) {
        return;
      } catch (ConflictException e) {
        LOG.log(Logger.Level.DEBUG, "{0} lost a race and reads its cursor again", name);
      } catch (StoreException e) {
        if (closed) {
          return;
        }
        LOG.log(Logger.Level.WARNING, "{0} waits for the store: {1}", name, e.getMessage());
        pause();
      }
    }
  }

  private boolean step() {
    var cursor = store.get(CURSOR, name);
    position = cursor.map(d -> Trees.number(d.body(), "sequence", 0)).orElse(0L);
    var events = store.events().read(position, STEP);
    if (events.isEmpty()) {
      return false;
    }
    var batch = Batch.builder();
    reaction.react(events, batch);
    while (batch.size() >= Batch.WRITES_MAX && events.size() > 1) {
      events = events.subList(0, events.size() / 2);
      batch = Batch.builder();
      reaction.react(events, batch);
    }
    var last = events.getLast().sequence();
    batch.write(advance(cursor, last));
    journal.commit(batch.build());
    position = last;
    reaction.committed();
    return true;
  }

  private Batch.Write advance(Optional<Document> cursor, long sequence) {
    var version = cursor.map(Document::version).orElse(0L) + 1;
    var body = new LinkedHashMap<String, Object>();
    body.put("id", name);
    body.put("namespace", "/");
    body.put("version", version);
    body.put("sequence", sequence);
    var document = new Document(CURSOR, name, NamespacePath.ROOT, version, body, Optional.empty());
    return cursor.isPresent()
        ? new Batch.Write.Replace(document, version - 1)
        : new Batch.Write.Insert(document);
  }

  private void await() throws InterruptedException {
    if (wake.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  private void pause() {
    try {
      await();
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
    store.leases().release("log-" + name, node);
  }
}
