package io.oarlock.engine;

import io.oarlock.json.Json;
import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of Post hooks until they are taken or given up. The store is the queue: what
 * is due is read from it, so a restart forgets nothing and an outage of an endpoint fills no
 * memory. On several nodes a lease lets one deliver at a time.
 */
final class Deliverer implements AutoCloseable {
  /** Attempts at the same time. */
  static final int AT_ONCE = 32;

  /** Of these, attempts for one hook, so that a slow endpoint does not hold up the others. */
  static final int PER_HOOK = 4;

  private static final int PAGE = 100;
  private static final int PAGES_MAX = 20;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final String NAME = "deliveries";
  private static final int GONE = 410;
  private static final Logger LOG = System.getLogger(Deliverer.class.getName());

  private final ResourceStore store;
  private final HookBook book;
  private final UrlHooks urls;
  private final Deliveries deliveries;
  private final Consumer<Hook> disable;
  private final Tenure tenure;
  private final Tracing tracing;
  private final Clock clock;
  private final Semaphore wake = new Semaphore(0);
  private final Set<String> inFlight = new HashSet<>();
  private final Map<String, Integer> perHook = new HashMap<>();
  private @Nullable Thread thread;
  private volatile boolean closed;

  Deliverer(
      ResourceStore store,
      HookBook book,
      UrlHooks urls,
      Deliveries deliveries,
      Consumer<Hook> disable,
      String node,
      Tracing tracing,
      Clock clock) {
    this.store = store;
    this.book = book;
    this.urls = urls;
    this.deliveries = deliveries;
    this.disable = disable;
    this.tenure = new Tenure(store.leases(), NAME, node);
    this.tracing = tracing;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofVirtual().name(NAME).start(this::work);
  }

  /** Something may be due. */
  void wake() {
    wake.release();
  }

  private void work() {
    while (!closed) {
      try {
        if (tenure.holds()) {
          dispatch();
        }
      } catch (StoreException e) {
        LOG.log(Logger.Level.WARNING, "Deliveries wait for the store: {0}", e.getMessage());
      }
      try {
        if (wake.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void dispatch() {
    Optional<String> after = Optional.empty();
    for (var pages = 0; pages < PAGES_MAX; pages++) {
      var page = store.list(due().after(after));
      for (var delivery : page.documents()) {
        if (claim(delivery)) {
          Thread.ofVirtual().name("delivery-" + delivery.id()).start(() -> attempt(delivery));
        }
      }
      after = page.next();
      if (after.isEmpty() || isFull()) {
        return;
      }
    }
  }

  private Query due() {
    var now = Instants.text(clock.instant());
    var filter =
        new Filter.And(
            List.of(
                new Filter.Compare(
                    "status", Filter.Comparison.EQUAL, Deliveries.Status.PENDING.wire),
                new Filter.Compare("nextAttemptAt", Filter.Comparison.LESS_OR_EQUAL, now)));
    return new Query(
        Deliveries.TYPE,
        new Query.Scope.Everywhere(),
        filter,
        List.of(new Query.Order("nextAttemptAt", false)),
        PAGE,
        Optional.empty(),
        0);
  }

  private synchronized boolean isFull() {
    return inFlight.size() >= AT_ONCE;
  }

  private synchronized boolean claim(Document delivery) {
    var hook = Trees.required(delivery.body(), "source");
    if (isFull() || perHook.getOrDefault(hook, 0) >= PER_HOOK || !inFlight.add(delivery.id())) {
      return false;
    }
    perHook.merge(hook, 1, Integer::sum);
    return true;
  }

  private synchronized void release(Document delivery) {
    inFlight.remove(delivery.id());
    perHook.computeIfPresent(
        Trees.required(delivery.body(), "source"), (_, count) -> count == 1 ? null : count - 1);
  }

  private void attempt(Document delivery) {
    try {
      // The page may be older than the last attempt.
      store
          .get(Deliveries.TYPE, delivery.id())
          .filter(found -> found.version() == delivery.version())
          .ifPresent(this::send);
    } catch (ConflictException e) {
      LOG.log(Logger.Level.DEBUG, "Delivery {0} was redriven or deleted meanwhile", delivery.id());
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "A delivery is repeated: {0}", e.getMessage());
    } finally {
      release(delivery);
      wake();
    }
  }

  private void send(Document delivery) {
    var hook = book.get(Trees.required(delivery.body(), "source"));
    if (hook.isEmpty() || hook.get().timing().disabled() || hook.get().endpoint().isEmpty()) {
      giveUp(delivery, hook.isEmpty() ? "the hook is gone" : "the hook is disabled");
      return;
    }
    var message = Trees.object(delivery.body().get("message"));
    var at = clock.instant();
    var began = System.nanoTime();
    Outbound.@Nullable Reply reply = null;
    var error = Optional.<String>empty();
    try {
      reply = post(hook.get(), delivery, message);
    } catch (Outbound.Failure e) {
      error = Optional.of(e.reason());
    }
    var answer = Optional.ofNullable(reply);
    var number = attempts(delivery).size() + 1;
    var attempt =
        Deliveries.attempt(
            number,
            at,
            Duration.ofNanos(System.nanoTime() - began),
            answer.map(Outbound.Reply::status),
            error,
            answer.map(UrlHooks::kept));
    settle(hook.get(), delivery, attempt, answer);
  }

  private Outbound.Reply post(Hook hook, Document delivery, Map<String, Object> message)
      throws Outbound.Failure {
    var trace = Cause.trace(message);
    try (var span = tracing.part("deliver", Tracing.Kind.CLIENT, trace)) {
      span.note("oarlock.hook", hook.name()).note("oarlock.delivery", delivery.id());
      try {
        return urls.post(hook, delivery.id(), Json.write(message), hook.timeout(), trace);
      } catch (Outbound.Failure e) {
        span.failed(e.reason());
        throw e;
      }
    }
  }

  private void settle(
      Hook hook, Document delivery, Map<String, Object> attempt, Optional<Outbound.Reply> reply) {
    var status = reply.map(Outbound.Reply::status).orElse(0);
    if (status >= 200 && status < 300) {
      store(delivery, attempt, Deliveries.Status.DELIVERED, Optional.empty());
    } else if (status == GONE) {
      store(delivery, attempt, Deliveries.Status.DEAD_LETTERED, Optional.empty());
      disable.accept(hook);
    } else {
      var number = attempts(delivery).size() + 1;
      var wait = Retrying.after(number, reply, clock.instant());
      var next = wait.isPresent() ? Deliveries.Status.PENDING : Deliveries.Status.DEAD_LETTERED;
      store(delivery, attempt, next, wait);
    }
  }

  private void giveUp(Document delivery, String why) {
    var number = attempts(delivery).size() + 1;
    var attempt =
        Deliveries.attempt(
            number,
            clock.instant(),
            Duration.ZERO,
            Optional.empty(),
            Optional.of(why),
            Optional.empty());
    store(delivery, attempt, Deliveries.Status.DEAD_LETTERED, Optional.empty());
  }

  private static List<?> attempts(Document delivery) {
    return delivery.body().get("attempts") instanceof List<?> list ? list : List.of();
  }

  private void store(
      Document delivery,
      Map<String, Object> attempt,
      Deliveries.Status status,
      Optional<Duration> wait) {
    var now = clock.instant();
    var row = new LinkedHashMap<>(delivery.body());
    var attempts = new ArrayList<Object>(attempts(delivery));
    attempts.add(attempt);
    row.put("attempts", attempts);
    row.put("status", status.wire);
    row.put("updateTime", Instants.text(now));
    row.remove("nextAttemptAt");
    wait.ifPresent(span -> row.put("nextAttemptAt", Instants.text(now.plus(span))));
    var next = deliveries.document(delivery.namespace(), row, delivery.version() + 1);
    store.commit(Batch.builder().write(new Batch.Write.Replace(next, delivery.version())).build());
  }

  @Override
  public void close() {
    closed = true;
    Threads.end(thread);
    tenure.release();
  }
}
