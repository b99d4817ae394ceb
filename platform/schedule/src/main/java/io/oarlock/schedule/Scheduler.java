package io.oarlock.schedule;

import io.oarlock.engine.Crons;
import io.oarlock.engine.Schedule;
import io.oarlock.engine.ScheduledRuns;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.StoreException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Fires schedules in time. What is due is in the store; here are only the schedules of this node's
 * shards that are due within the next minute, and a timer for the first of them. Firing is safe
 * whoever does it, so shards spare work and are no lock.
 */
public final class Scheduler implements AutoCloseable {
  /** How far ahead schedules are held in memory. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Firings at the same time. */
  static final int AT_ONCE = 256;

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = System.getLogger(Scheduler.class.getName());

  private final ScheduledRuns scheduled;
  private final Crons crons;
  private final Clock clock;
  private final Shards shards;
  private final Window window = new Window();
  private final Timer timer;
  private Instant loadAt = Instant.MIN;

  /** Automations that somebody wrote; guarded by itself, as are setting and closing the timer. */
  private final Set<String> changed = new HashSet<>();

  private boolean closed;

  /** A scheduler of one node; it does nothing before it is started. */
  public Scheduler(
      ScheduledRuns scheduled, ResourceStore.Leases leases, Crons crons, Clock clock, String node) {
    this(scheduled, leases, crons, clock, node, QuartzTimer::new);
  }

  Scheduler(
      ScheduledRuns scheduled,
      ResourceStore.Leases leases,
      Crons crons,
      Clock clock,
      String node,
      Function<Runnable, Timer> timer) {
    this.scheduled = scheduled;
    this.crons = crons;
    this.clock = clock;
    this.shards = new Shards(leases, node);
    this.timer = timer.apply(this::wake);
  }

  /** Begins with what became due while nobody watched. */
  public void start() {
    scheduled.onChange(this::heed);
    setTimer(clock.instant());
  }

  private void heed(String id) {
    synchronized (changed) {
      if (changed.add(id)) {
        setTimer(clock.instant());
      }
    }
  }

  private void setTimer(Instant at) {
    synchronized (changed) {
      if (!closed) {
        timer.wakeAt(changed.isEmpty() ? at : clock.instant());
      }
    }
  }

  private void wake() {
    var next = clock.instant().plus(AGAIN);
    try {
      next = work();
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "Schedules wait for the store: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "Schedules could not be looked after; trying again", e);
    } finally {
      setTimer(next);
    }
  }

  /** Fires all that is due; returns when to come again. */
  synchronized Instant work() {
    load();
    takeChanges();
    for (var due = due(); !due.isEmpty(); due = due()) {
      fire(due);
      load();
    }
    var next = shards.renewAt().isBefore(loadAt) ? shards.renewAt() : loadAt;
    return window.next().filter(next::isAfter).orElse(next);
  }

  private List<String> due() {
    return window.take(clock.instant(), AT_ONCE);
  }

  /** Renews leases, and looks ahead: each half of a window, or when shards came to this node. */
  private void load() {
    var now = clock.instant();
    if (!shards.renew(now) && now.isBefore(loadAt)) {
      return;
    }
    loadAt = now.plus(WINDOW.dividedBy(2));
    scheduled.due(now.plus(WINDOW)).forEach(this::note);
  }

  /** One that cannot be understood must not keep the others waiting. */
  private void note(Schedule schedule) {
    try {
      place(schedule);
    } catch (DateTimeException | IllegalArgumentException e) {
      LOG.log(Logger.Level.ERROR, "The schedule of " + schedule.id() + " makes no sense", e);
    }
  }

  private void place(Schedule schedule) {
    var now = clock.instant();
    var at = Firings.dueAt(schedule, crons);
    if (shards.holds(schedule.id(), now) && !at.isAfter(now.plus(WINDOW))) {
      window.put(schedule.id(), at);
    } else {
      window.remove(schedule.id());
    }
  }

  private void takeChanges() {
    List<String> ids;
    synchronized (changed) {
      ids = List.copyOf(changed);
      changed.clear();
    }
    for (var id : ids) {
      scheduled.find(id).ifPresentOrElse(this::note, () -> window.remove(id));
    }
  }

  private void fire(List<String> due) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      due.forEach(id -> threads.execute(() -> fire(id)));
    }
  }

  private void fire(String id) {
    try {
      scheduled.find(id).ifPresent(this::fire);
    } catch (StoreException e) {
      LOG.log(Logger.Level.WARNING, "A schedule waits for the store: {0}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Logger.Level.ERROR, "The schedule of " + id + " could not be fired", e);
    }
  }

  private void fire(Schedule schedule) {
    var now = clock.instant();
    if (!shards.holds(schedule.id(), now)) {
      return;
    }
    var plan = Firings.plan(schedule, crons, now);
    if (plan.slots().isEmpty()) {
      note(schedule);
    } else if (scheduled.fire(schedule, plan.slots(), plan.nextAt())) {
      scheduled.find(schedule.id()).ifPresent(this::note);
    }
  }

  @Override
  public void close() {
    synchronized (changed) {
      closed = true;
    }
    timer.close();
    shards.release();
  }
}
