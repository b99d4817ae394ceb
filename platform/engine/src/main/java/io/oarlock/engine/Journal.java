package io.oarlock.engine;

import io.oarlock.store.Batch;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import io.oarlock.store.ResourceStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one way to commit. What this node commits is in its mirrors before the caller hears of it;
 * what other nodes commit arrives by following the log.
 */
final class Journal implements AutoCloseable {
  private static final int READ_MAX = 500;

  private final ResourceStore store;
  private final Tracing tracing;
  private final Map<String, Mirror<?>> mirrors = new ConcurrentHashMap<>();
  private final List<Consumer<Event>> followers = new CopyOnWriteArrayList<>();
  private final Semaphore appended = new Semaphore(0);
  private EventLog.@Nullable Subscription subscription;
  private @Nullable Thread thread;
  private volatile boolean closed;

  Journal(ResourceStore store) {
    this(store, Tracing.none());
  }

  Journal(ResourceStore store, Tracing tracing) {
    this.store = store;
    this.tracing = tracing;
  }

  /** Loads a mirror and keeps it fresh. */
  <T> Mirror<T> mirror(Mirror<T> mirror) {
    mirrors.put(mirror.type(), mirror);
    mirror.load();
    return mirror;
  }

  /** Calls back for every event of every node, in order, on one thread; not durable. */
  void follow(Consumer<Event> follower) {
    followers.add(follower);
  }

  void start() {
    var from = store.events().head();
    subscription = store.events().onAppend(appended::release);
    thread = Thread.ofVirtual().name("journal").start(() -> tail(from));
  }

  /** Commits, and returns when mirrors show it. */
  List<Event> commit(Batch batch) {
    try (var span = tracing.part("commit", Tracing.Kind.INTERNAL, Optional.empty())) {
      var events = store.commit(batch);
      span.note("oarlock.writes", Integer.toString(batch.writes().size()));
      events.forEach(this::reflect);
      return events;
    }
  }

  private void reflect(Event event) {
    var mirror = mirrors.get(event.content().type());
    if (mirror != null) {
      mirror.refresh(event.content().resourceId());
    }
  }

  private void tail(long from) {
    var position = from;
    while (!closed) {
      var events = store.events().read(position, READ_MAX);
      for (var event : events) {
        reflect(event);
        followers.forEach(follower -> follower.accept(event));
        position = event.sequence();
      }
      if (events.isEmpty() && !await()) {
        return;
      }
    }
  }

  private boolean await() {
    try {
      appended.acquire();
      appended.drainPermits();
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  ResourceStore store() {
    return store;
  }

  @Override
  public void close() {
    closed = true;
    if (subscription != null) {
      subscription.close();
    }
    Threads.end(thread);
  }
}
