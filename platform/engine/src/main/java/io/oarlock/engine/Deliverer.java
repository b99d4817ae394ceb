package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of Post hooks until they are taken or given up, each hook's in a {@link Lane}.
 * The store is the queue: a restart forgets nothing and an outage of an endpoint fills no memory.
 * On several nodes a lease lets one deliver at a time.
 */
final class Deliverer implements AutoCloseable {
  /** Attempts at the same time, of all hooks. */
  static final int AT_ONCE = 512;

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** How often the store is searched for messages that other nodes put in line. */
  private static final Duration SWEEP = Duration.ofSeconds(30);

  private static final String NAME = "deliveries";
  private static final Logger LOG = System.getLogger(Deliverer.class.getName());

  private final ResourceStore store;
  private final HookBook book;
  private final Attempts attempts;
  private final Tenure tenure;
  private final Clock clock;
  private final Semaphore everywhere = new Semaphore(AT_ONCE);
  private final Map<String, Running> lanes = new ConcurrentHashMap<>();
  private @Nullable Thread thread;
  private volatile boolean holds;
  private volatile boolean closed;

  private record Running(Lane lane, Thread thread) {}

  Deliverer(ResourceStore store, HookBook book, Attempts attempts, String node, Clock clock) {
    this.store = store;
    this.book = book;
    this.attempts = attempts;
    this.tenure = new Tenure(store.leases(), NAME, node);
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofVirtual().name(NAME).start(this::work);
  }

  /** There may be messages of that hook. */
  void wake(String hook, NamespacePath namespace) {
    if (holds && !closed) {
      while (!running(hook, namespace).lane().signal()) {
        lanes.computeIfPresent(hook, Deliverer::alive);
      }
    }
  }

  /** Takes a row that was just stored. */
  void offer(Document delivery) {
    if (holds && !closed) {
      var hook = Trees.required(delivery.body(), "source");
      while (!running(hook, delivery.namespace()).lane().offer(delivery)) {
        lanes.computeIfPresent(hook, Deliverer::alive);
      }
    }
  }

  private static @Nullable Running alive(String hook, Running running) {
    return running.lane().signal() ? running : null;
  }

  private Running running(String hook, NamespacePath namespace) {
    return lanes.computeIfAbsent(
        hook,
        id -> {
          var lane =
              new Lane(id, namespace, store, attempts, everywhere, () -> holds && !closed, clock);
          return new Running(
              lane, Thread.ofVirtual().name("lane-" + id).start(() -> run(id, lane)));
        });
  }

  private void run(String hook, Lane lane) {
    lane.work();
    lanes.computeIfPresent(hook, (_, now) -> now.lane() == lane ? null : now);
  }

  private void work() {
    var swept = 0L;
    try {
      while (!closed) {
        var held = holds;
        holds = holds();
        if (holds && (!held || System.nanoTime() - swept >= SWEEP.toNanos())) {
          swept = System.nanoTime();
          book.all().forEach(hook -> wake(hook.id(), hook.namespace()));
        }
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean holds() {
    try {
      return tenure.holds();
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "Deliveries wait for the store: {0}", e.getMessage());
      return false;
    }
  }

  Optional<Hook> hook(String id) {
    return book.get(id);
  }

  /** Lanes of hooks whose messages wait or are on their way. */
  int lanes() {
    return lanes.size();
  }

  @Override
  public void close() {
    closed = true;
    Threads.end(thread);
    lanes.values().forEach(running -> Threads.end(running.thread()));
    tenure.release();
  }
}
