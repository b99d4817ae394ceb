package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * The messages of one hook on their way. Each hook has a lane of its own, so that a slow or dead
 * endpoint holds up nobody else's messages however many wait for it. A lane looks a little ahead
 * and no more: what waits is in the store.
 *
 * <p>One thread reads, commits and ends the lane; each attempt has a thread of its own, which
 * starts the next one. Everything that both touch is guarded by the lane's monitor.
 */
final class Lane {
  /** Messages to one endpoint at the same time, when it answers well. */
  static final int AT_ONCE = 32;

  /** Messages read ahead. */
  private static final int AHEAD = 256;

  /** Rows of one commit. */
  private static final int STEP = 100;

  private static final int FIRST_WINDOW = 4;
  private static final int PAGES_MAX = 40;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Logger LOG = System.getLogger(Lane.class.getName());

  private final String hook;
  private final NamespacePath namespace;
  private final ResourceStore store;
  private final Attempts attempts;
  private final Semaphore everywhere;
  private final BooleanSupplier mayWork;
  private final Clock clock;

  private final Deque<Document> ready = new ArrayDeque<>();
  private final List<Attempts.Made> made = new ArrayList<>();

  /** Deliveries that are ready, on their way, or settled but not stored. */
  private final Set<String> taken = new HashSet<>();

  /** Lines of which one message is taken. */
  private final Set<String> lines = new HashSet<>();

  private int active;
  private int window = FIRST_WINDOW;
  private boolean signalled = true;
  private long lookedAt;
  private Instant lookedUpTo = Instant.MIN;
  private boolean ended;

  /**
   * A lane.
   *
   * @param everywhere attempts of all lanes at the same time
   * @param mayWork whether this node is the one that delivers
   */
  Lane(
      String hook,
      NamespacePath namespace,
      ResourceStore store,
      Attempts attempts,
      Semaphore everywhere,
      BooleanSupplier mayWork,
      Clock clock) {
    this.hook = hook;
    this.namespace = namespace;
    this.store = store;
    this.attempts = attempts;
    this.everywhere = everywhere;
    this.mayWork = mayWork;
    this.clock = clock;
  }

  /** There may be something new in the store; false when the lane has ended. */
  synchronized boolean signal() {
    signalled = true;
    notifyAll();
    return !ended;
  }

  /** Takes a row that was just stored, if there is room; false when the lane has ended. */
  synchronized boolean offer(Document delivery) {
    if (!ended && !isOrdered(delivery) && ready.size() < AHEAD && taken.add(delivery.id())) {
      ready.add(delivery);
      notifyAll();
      return true;
    }
    return signal();
  }

  private static boolean isOrdered(Document delivery) {
    return delivery.body().containsKey(Deliveries.IN_ORDER);
  }

  /** Until nothing is pending any more, or this node is not the one that delivers. */
  void work() {
    try {
      while (mayWork.getAsBoolean()) {
        if (!step()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  private boolean step() throws InterruptedException {
    try {
      settle();
      refill();
      return await();
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "Deliveries wait for the store: {0}", e.getMessage());
      Thread.sleep(PAUSE);
      return true;
    }
  }

  /** Attempts that go on now are made again by whoever delivers next. */
  private synchronized void end() {
    ended = true;
    ready.clear();
  }

  /** Stores what came of attempts. */
  private void settle() {
    for (var some = some(); !some.isEmpty(); some = some()) {
      var batch = Batch.builder();
      some.forEach(one -> batch.write(write(one)));
      try {
        store.commit(batch.build());
      } catch (ConflictException e) {
        some.forEach(this::settleAlone);
      } catch (StoreException e) {
        putBack(some);
        throw e;
      }
      release(some);
    }
  }

  private synchronized List<Attempts.Made> some() {
    var first = made.subList(0, Math.min(STEP, made.size()));
    var some = List.copyOf(first);
    first.clear();
    return some;
  }

  private synchronized void putBack(List<Attempts.Made> some) {
    made.addAll(0, some);
  }

  private static Batch.Write write(Attempts.Made one) {
    return new Batch.Write.Replace(one.after(), one.before().version());
  }

  private void settleAlone(Attempts.Made one) {
    try {
      store.commit(Batch.builder().write(write(one)).build());
    } catch (ConflictException e) {
      LOG.log(
          Logger.Level.DEBUG, "Delivery {0} was redriven or deleted meanwhile", one.before().id());
    }
  }

  private synchronized void release(List<Attempts.Made> some) {
    for (var one : some) {
      taken.remove(one.before().id());
      Trees.text(one.before().body(), Deliveries.IN_ORDER).ifPresent(lines::remove);
    }
    signalled |= some.stream().anyMatch(one -> isOrdered(one.before()));
  }

  private void refill() {
    synchronized (this) {
      if (!signalled || ready.size() > AHEAD / 2) {
        return;
      }
      signalled = false;
      lookedAt = System.nanoTime();
      lookedUpTo = clock.instant();
    }
    var isDue =
        new Filter.Compare(
            "nextAttemptAt", Filter.Comparison.LESS_OR_EQUAL, Instants.text(lookedUpTo));
    Optional<String> after = Optional.empty();
    for (var pages = 0; pages < PAGES_MAX; pages++) {
      var page = store.list(pending(List.of(isDue), AHEAD).after(after));
      page.documents().stream().filter(this::isFirst).forEach(this::take);
      after = page.next();
      if (after.isEmpty() || isFull()) {
        break;
      }
    }
    synchronized (this) {
      signalled |= after.isPresent();
      start();
    }
  }

  private synchronized boolean isFull() {
    return ready.size() >= AHEAD;
  }

  /** Whether nothing older waits in its line. */
  private boolean isFirst(Document delivery) {
    var line = Trees.text(delivery.body(), Deliveries.IN_ORDER);
    if (line.isEmpty()) {
      return true;
    }
    synchronized (this) {
      if (lines.contains(line.get())) {
        return false;
      }
    }
    var same = new Filter.Compare(Deliveries.IN_ORDER, Filter.Comparison.EQUAL, line.get());
    var oldest =
        new Query(
            Deliveries.TYPE,
            new Query.Scope.Only(namespace),
            same,
            List.of(new Query.Order("sequence", false)),
            1,
            Optional.empty(),
            0);
    return store.list(oldest).documents().stream()
        .anyMatch(first -> first.id().equals(delivery.id()));
  }

  private synchronized void take(Document delivery) {
    if (taken.add(delivery.id())) {
      Trees.text(delivery.body(), Deliveries.IN_ORDER).ifPresent(lines::add);
      ready.add(delivery);
    }
  }

  private Query pending(List<Filter> more, int most) {
    var all = new ArrayList<Filter>();
    all.add(new Filter.Compare("status", Filter.Comparison.EQUAL, Deliveries.Status.PENDING.wire));
    all.add(new Filter.Compare("source", Filter.Comparison.EQUAL, hook));
    all.addAll(more);
    return new Query(
        Deliveries.TYPE,
        new Query.Scope.Only(namespace),
        new Filter.And(all),
        List.of(new Query.Order("nextAttemptAt", false)),
        most,
        Optional.empty(),
        0);
  }

  /** Starts as many attempts as the endpoint bears. Called with the monitor held. */
  private void start() {
    while (active < window && !ready.isEmpty() && !rests()) {
      var delivery = ready.remove();
      active++;
      Thread.ofVirtual().name("delivery-" + delivery.id()).start(() -> attempt(delivery));
    }
  }

  private boolean rests() {
    var rest = attempts.breakers().rest(hook);
    if (rest.isPresent()) {
      return true;
    }
    if (attempts.breakers().shown(hook).filter(b -> !b.state().equals("Closed")).isPresent()) {
      window = 1;
    }
    return false;
  }

  private void attempt(Document delivery) {
    everywhere.acquireUninterruptibly();
    Attempts.Made result;
    try {
      result = attempts.make(delivery);
    } finally {
      everywhere.release();
    }
    synchronized (this) {
      active--;
      made.add(result);
      window = result.taken() ? Math.min(AT_ONCE, window * 2) : Math.max(1, window / 2);
      start();
      notifyAll();
    }
  }

  /** Waits for something to do; false when there is nothing left and the lane has ended. */
  @SuppressWarnings("WaitNotInLoop") // work() is the loop, and looks again at everything
  private synchronized boolean await() throws InterruptedException {
    start();
    if (!made.isEmpty() || (signalled && ready.size() <= AHEAD / 2)) {
      return true;
    }
    if (active > 0 || !ready.isEmpty()) {
      var rest = attempts.breakers().left(hook).toMillis();
      wait(Math.clamp(active > 0 ? LOOK.toMillis() : rest, 1, LOOK.toMillis()));
      // Meanwhile a message may have come due that is tried again.
      signalled |= System.nanoTime() - lookedAt >= LOOK.toNanos();
      return true;
    }
    return awaitDue();
  }

  @SuppressWarnings("WaitNotInLoop") // work() is the loop, and looks again at everything
  private boolean awaitDue() throws InterruptedException {
    var next = store.list(pending(List.of(), 1)).documents();
    if (next.isEmpty()) {
      ended = true;
      return false;
    }
    var now = clock.instant();
    var at = Trees.instant(next.getFirst().body(), "nextAttemptAt").orElse(now);
    var isBlocked = !at.isAfter(lookedUpTo);
    if (isBlocked || at.isAfter(now)) {
      var left = isBlocked ? LOOK : Duration.between(now, at);
      wait(Math.clamp(left.toMillis(), 1, IDLE.toMillis()));
    }
    signalled = true;
    return true;
  }
}
