package io.oarlock.engine;

import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs that wait for their turn. Tenants take turns, so that one with ten thousand waiting runs
 * does not keep another with one waiting; within a tenant the order is that of asking. The store
 * holds what waits: this is an index of it, and a restart fills it again.
 */
final class RunQueue implements AutoCloseable {
  /** Runs at the same time on this node. */
  static final int AT_ONCE = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Logger LOG = System.getLogger(RunQueue.class.getName());

  /** Executes one run; its own failures are its own matter. */
  interface Executor {
    void execute(String runId) throws InterruptedException;
  }

  /** A waiting run. */
  record Item(String runId, String automation, String tenant, int concurrency, Instant notBefore) {}

  private final Executor executor;
  private final Clock clock;
  private final LinkedHashMap<String, Deque<Item>> byTenant = new LinkedHashMap<>();
  private final PriorityQueue<Item> later =
      new PriorityQueue<>(java.util.Comparator.comparing(Item::notBefore));
  private final Map<String, Integer> running = new HashMap<>();
  private int count;
  private @Nullable Thread thread;

  RunQueue(Executor executor, Clock clock) {
    this.executor = executor;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofVirtual().name("run-queue").start(this::work);
  }

  synchronized void offer(Item item) {
    if (item.notBefore().isAfter(clock.instant())) {
      later.add(item);
    } else {
      byTenant.computeIfAbsent(item.tenant(), _ -> new ArrayDeque<>()).add(item);
    }
    notifyAll();
  }

  synchronized int waiting() {
    return later.size() + byTenant.values().stream().mapToInt(Deque::size).sum();
  }

  private void work() {
    try {
      while (true) {
        var item = take();
        Thread.ofVirtual().name("run-" + item.runId()).start(() -> run(item));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Item take() throws InterruptedException {
    while (true) {
      promote();
      var next = count < AT_ONCE ? next() : Optional.<Item>empty();
      if (next.isPresent()) {
        count++;
        running.merge(next.get().automation(), 1, Integer::sum);
        return next.get();
      }
      wait(IDLE.toMillis());
    }
  }

  private void promote() {
    var now = clock.instant();
    for (var item = later.peek(); item != null && !item.notBefore().isAfter(now); ) {
      later.poll();
      byTenant.computeIfAbsent(item.tenant(), _ -> new ArrayDeque<>()).add(item);
      item = later.peek();
    }
  }

  private Optional<Item> next() {
    for (var tenant : byTenant.entrySet()) {
      for (var items = tenant.getValue().iterator(); items.hasNext(); ) {
        var item = items.next();
        if (running.getOrDefault(item.automation(), 0) < item.concurrency()) {
          items.remove();
          requeue(tenant.getKey(), tenant.getValue());
          return Optional.of(item);
        }
      }
    }
    return Optional.empty();
  }

  /** The tenant that was served goes to the end of the line. */
  private void requeue(String tenant, Deque<Item> items) {
    byTenant.remove(tenant);
    if (!items.isEmpty()) {
      byTenant.put(tenant, items);
    }
  }

  private void run(Item item) {
    try {
      executor.execute(item.runId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "The run " + item.runId() + " could not be carried out", e);
    } finally {
      done(item);
    }
  }

  private synchronized void done(Item item) {
    count--;
    running.computeIfPresent(item.automation(), (_, n) -> n == 1 ? null : n - 1);
    notifyAll();
  }

  @Override
  public void close() {
    Threads.end(thread);
  }
}
