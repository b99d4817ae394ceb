package io.oarlock.automations.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Decides which worker a run goes to, and when workers come and go. A worker belongs to nobody
/// until its first run and to that run's tenant until it dies; it is never handed on.
///
/// All state is guarded by one lock; starting a worker happens outside it.
final class Seats {

  /// How a request for a worker ended.
  sealed interface Taken {
    record Seated(Seat seat) implements Taken {}

    record Unwanted() implements Taken {}

    record Denied(String reason) implements Taken {}
  }

  /// A place in a worker.
  static final class Seat {
    private final WorkerProcess worker;
    private @Nullable String tenant;
    private int running;
    private long idleSinceNanos = System.nanoTime();

    private Seat(WorkerProcess worker) {
      this.worker = worker;
    }

    WorkerProcess worker() {
      return worker;
    }
  }

  private static final Duration FIRST_SPARE_AFTER = Duration.ofSeconds(1);

  /// Runs of tenants in a pause that wait for its end; the queue is not for them alone.
  private static final int PAUSED_MAX = 64;

  private final WorkerPoolConfig config;
  private final WorkerStart start;
  private final ScheduledExecutorService clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Seat> seats = new ArrayList<>();

  /// Tenants that are to have a worker before they need it, with its heap.
  private final LinkedHashMap<String, Long> wishes = new LinkedHashMap<>();

  private final ScheduledFuture<?> sweeper;
  private final Restarts restarts = new Restarts();
  private int starting;
  private int waiting;
  private int paused;
  private int failures;
  private String lastFailure = "";
  private String engine = "GraalJS";
  private boolean closed;

  Seats(WorkerPoolConfig config, WorkerStart start, ScheduledExecutorService clock) {
    this.config = config;
    this.start = start;
    this.clock = clock;
    var pause = Math.clamp(config.idleTime().toMillis() / 4, 10, 5000);
    // On a thread of its own, since it waits for the lock, and the clock has deadlines to keep.
    sweeper =
        clock.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(this::giveBackIdle),
            pause,
            pause,
            TimeUnit.MILLISECONDS);
    // A runner is mostly made when a whole platform starts, which has more urgent work than a
    // spare.
    var _ =
        clock.schedule(
            () -> Thread.startVirtualThread(() -> locked(this::keepSpares)),
            FIRST_SPARE_AFTER.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /// Waits for a place in a worker of this tenant.
  Taken take(String tenant, long heapBytes, Duration atMost, BooleanSupplier wanted)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var seat = find(tenant, heapBytes);
      if (seat.isEmpty() && waiting >= config.queueMax()) {
        return new Taken.Denied(
            "%d runs wait for a worker already, which is the limit".formatted(waiting));
      }
      waiting++;
      try {
        return seat.isPresent()
            ? seated(seat.get(), tenant)
            : await(tenant, heapBytes, atMost.toNanos(), wanted);
      } finally {
        waiting--;
      }
    } finally {
      lock.unlock();
    }
  }

  private Taken await(String tenant, long heapBytes, long nanos, BooleanSupplier wanted)
      throws InterruptedException {
    var failuresBefore = failures;
    var left = nanos;
    while (true) {
      if (closed) {
        return new Taken.Denied("the runner is closed");
      }
      if (!wanted.getAsBoolean()) {
        return new Taken.Unwanted();
      }
      var seat = find(tenant, heapBytes);
      if (seat.isPresent()) {
        return seated(seat.get(), tenant);
      }
      if (failures > failuresBefore) {
        return new Taken.Denied(lastFailure);
      }
      if (left <= 0) {
        return new Taken.Denied("no worker was free within " + config.queueWait());
      }
      var now = System.nanoTime();
      var pause = restarts.pauseNanos(tenant, now);
      if (pause > left || (pause > 0 && paused >= PAUSED_MAX)) {
        return new Taken.Denied(restarts.reason(tenant, now));
      }
      if (pause == 0 && starting < waiting - paused) {
        startOne(heapBytes);
      }
      paused += pause > 0 ? 1 : 0;
      try {
        var _ = changed.awaitNanos(pause > 0 ? pause : left);
      } finally {
        paused -= pause > 0 ? 1 : 0;
      }
      left -= System.nanoTime() - now;
    }
  }

  private Taken seated(Seat seat, String tenant) {
    seat.tenant = tenant;
    seat.running++;
    wishes.remove(tenant);
    keepSpares();
    return new Taken.Seated(seat);
  }

  private boolean serves(Seat seat, String tenant, long heapBytes) {
    return seat.worker.isAlive()
        && seat.worker.heapBytes() >= heapBytes
        && (seat.tenant == null ? !isPaused(tenant) : seat.tenant.equals(tenant));
  }

  private boolean isPaused(String tenant) {
    return restarts.pauseNanos(tenant, System.nanoTime()) > 0;
  }

  /// The least loaded worker of the tenant, else one that is nobody's yet.
  private Optional<Seat> find(String tenant, long heapBytes) {
    return seats.stream()
        .filter(seat -> serves(seat, tenant, heapBytes))
        .filter(seat -> seat.running < config.runsPerWorkerMax())
        .min(
            Comparator.<Seat>comparingInt(seat -> seat.tenant == null ? 1 : 0)
                .thenComparingInt(seat -> seat.running));
  }

  /// Gives a tenant without a worker one as soon as nobody waits for it, beyond the usual spares.
  void warm(String tenant, long heapBytes) {
    locked(() -> {
      var has =
          seats.stream()
              .anyMatch(seat -> tenant.equals(seat.tenant) && serves(seat, tenant, heapBytes));
      if (!has
          && !closed
          && !isPaused(tenant)
          && (wishes.size() < config.warmMax() || wishes.containsKey(tenant))) {
        wishes.merge(tenant, heapBytes, Math::max);
        grantWishes();
      }
    });
  }

  private void grantWishes() {
    if (waiting == paused) {
      wishes.entrySet().removeIf(wish -> grant(wish.getKey(), wish.getValue()));
    }
    keepSpares();
  }

  private boolean grant(String tenant, long heapBytes) {
    var seat = find(tenant, heapBytes);
    seat.ifPresent(found -> {
      found.tenant = tenant;
      found.idleSinceNanos = System.nanoTime();
    });
    return seat.isPresent();
  }

  void giveBack(Seat seat) {
    locked(() -> {
      seat.running--;
      seat.idleSinceNanos = System.nanoTime();
      changed.signalAll();
    });
  }

  /// One at a time: each that arrives asks again.
  private void keepSpares() {
    var spares = seats.stream().filter(seat -> seat.tenant == null).count() + starting;
    if (!closed
        && spares < config.spares() + wishes.size()
        && seats.size() + starting < config.workersMax()) {
      launch(wishes.values().stream().findFirst().orElse(config.heapBytes()));
    }
  }

  /// Makes room by giving back the worker that has been idle longest, if there is none.
  private void startOne(long heapBytes) {
    if (seats.size() + starting >= config.workersMax()) {
      seats.stream()
          .filter(seat -> seat.running == 0)
          .min(Comparator.comparingLong(seat -> seat.idleSinceNanos))
          .ifPresent(this::dismiss);
    }
    if (seats.size() + starting < config.workersMax()) {
      launch(heapBytes);
    }
  }

  private void dismiss(Seat seat) {
    seats.remove(seat);
    seat.worker.kill();
  }

  private void launch(long heapBytes) {
    starting++;
    Thread.ofVirtual().name("worker start").start(() -> arrive(heapBytes));
  }

  private void arrive(long heapBytes) {
    try {
      var started = start.start(heapBytes);
      var worker = new WorkerProcess(started, heapBytes, clock, this::workerChanged);
      locked(() -> admit(worker));
    } catch (IOException e) {
      locked(() -> fail(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      locked(() -> fail("starting a worker was interrupted"));
    }
  }

  private void admit(WorkerProcess worker) {
    starting--;
    if (closed) {
      worker.kill();
    } else {
      engine = worker.engine();
      seats.add(new Seat(worker));
      grantWishes();
    }
    changed.signalAll();
  }

  private void fail(String reason) {
    starting--;
    failures++;
    lastFailure = reason;
    changed.signalAll();
  }

  /// A run ended or a worker died; dead ones make room.
  private void workerChanged() {
    locked(() -> {
      var dead = seats.stream().filter(seat -> !seat.worker.isAlive()).toList();
      dead.forEach(this::bury);
      if (!dead.isEmpty()) {
        keepSpares();
      }
      changed.signalAll();
    });
  }

  /// All tenants have their sources parsed by the same worker: none of them can be blamed for it.
  private void bury(Seat seat) {
    seats.remove(seat);
    var tenant = seat.tenant;
    if (tenant != null && !tenant.equals(WorkerPool.PARSER)) {
      restarts.died(tenant, System.nanoTime());
    }
  }

  private void giveBackIdle() {
    locked(() -> {
      var limit = System.nanoTime() - config.idleTime().toNanos();
      seats.stream()
          .filter(seat -> seat.tenant != null && seat.running == 0)
          .filter(seat -> seat.idleSinceNanos - limit < 0)
          .toList()
          .forEach(this::dismiss);
      keepSpares();
    });
  }

  void wake() {
    locked(changed::signalAll);
  }

  void close() {
    locked(() -> {
      closed = true;
      wishes.clear();
      sweeper.cancel(false);
      seats.forEach(seat -> seat.worker.kill());
      seats.clear();
      changed.signalAll();
    });
  }

  /// What [io.oarlock.automations.RunnerStatus] counts.
  record Counts(String engine, int workers, int spares, int running, int queued) {}

  Counts counts() {
    lock.lock();
    try {
      return new Counts(
          engine,
          seats.size(),
          (int) seats.stream().filter(seat -> seat.tenant == null).count(),
          seats.stream().mapToInt(seat -> seat.running).sum(),
          waiting);
    } finally {
      lock.unlock();
    }
  }

  List<Long> pids() {
    lock.lock();
    try {
      return seats.stream().map(seat -> seat.worker.pid()).toList();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
