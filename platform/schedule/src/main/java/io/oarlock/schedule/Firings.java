package io.oarlock.schedule;

import io.oarlock.engine.Crons;
import io.oarlock.engine.Schedule;
import io.oarlock.engine.ScheduledRuns.Slot;
import io.oarlock.engine.Timetable;
import io.oarlock.model.Instants;
import io.oarlock.model.types.Firing.Outcome;
import io.oarlock.model.types.Trigger.Misfire;
import io.oarlock.model.types.Trigger.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides what becomes of the slots of one schedule that have passed. Pure: the same schedule at
 * the same instant gives the same plan, on whatever node, before and after a crash.
 */
final class Firings {
  /** What is fired later than that counts as late. */
  static final Duration LATE_AFTER = Duration.ofSeconds(1);

  /**
   * Under misfire policy Skip the newest slot still fires when it is no later than that, so that a
   * busy moment costs an hourly schedule no hour.
   */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** Slots that misfire policy All makes up for at once: the newest. */
  static final int MADE_UP_MAX = 100;

  /** Runs of one schedule that may wait or go on; further slots are skipped. */
  static final int BACKLOG_MAX = 100;

  /**
   * Slots with a row each at one recovery; older ones share a row. With their runs they fit in one
   * batch.
   */
  static final int ROWS_MAX = 800;

  /** Slots looked at in one step; a longer absence is worked off in several. */
  static final int LOOK_MAX = 100_000;

  private final Schedule schedule;
  private final Timetable timetable;
  private final Crons crons;
  private final Instant now;

  private Firings(Schedule schedule, Crons crons, Instant now) {
    this.schedule = schedule;
    this.timetable = schedule.timetable();
    this.crons = crons;
    this.now = now;
  }

  /**
   * What to enter in the ledger.
   *
   * @param slots in order; those that fire have a run each
   * @param nextAt the first slot that is left
   */
  record Plan(List<Slot> slots, Optional<Instant> nextAt) {}

  /** Of a schedule as it stands: its runs are those that wait or go on. */
  static Plan plan(Schedule schedule, Crons crons, Instant now) {
    return new Firings(schedule, crons, now).plan();
  }

  /** When the next slot fires: after its delay, which is the same whoever works it out. */
  static Instant dueAt(Schedule schedule, Crons crons) {
    var firings = new Firings(schedule, crons, Instant.MIN);
    var next = schedule.timetable().next(crons, schedule.nextAt());
    return schedule.nextAt().plus(firings.delay(schedule.nextAt(), next));
  }

  /** At most up to the next slot, so that slots fire in order. */
  private Duration delay(Instant slot, Optional<Instant> next) {
    if (timetable.jitter().isZero()) {
      return Duration.ZERO;
    }
    var gap = next.map(after -> Duration.between(slot, after)).orElse(timetable.jitter());
    var most = gap.compareTo(timetable.jitter()) < 0 ? gap : timetable.jitter();
    var seed = 31L * schedule.id().hashCode() + slot.toEpochMilli();
    return Duration.ofMillis(new SplittableRandom(seed).nextLong(most.toMillis() + 1));
  }

  /** A slot whose time has come. */
  private record Passed(Instant at, Duration lateness) {}

  private Plan plan() {
    var newest = new ArrayDeque<Passed>();
    var older = 0L;
    Optional<Instant> at = Optional.of(schedule.nextAt());
    for (var looked = 0; at.isPresent() && looked < LOOK_MAX; looked++) {
      var next = timetable.next(crons, at.get());
      var lateness = Duration.between(at.get().plus(delay(at.get(), next)), now);
      if (lateness.isNegative()) {
        return new Plan(slots(older, newest), at);
      }
      newest.add(new Passed(at.get(), lateness));
      if (newest.size() > ROWS_MAX) {
        newest.remove();
        older++;
      }
      at = next;
    }
    // Either the schedule is over, or there is more to look at: then the newest wait for their
    // turn.
    return at.isEmpty()
        ? new Plan(slots(older, newest), at)
        : new Plan(List.of(summary(older)), Optional.of(newest.getFirst().at()));
  }

  private List<Slot> slots(long older, Deque<Passed> passed) {
    var slots = new ArrayList<Slot>();
    if (older > 0) {
      slots.add(summary(older));
    }
    var left = passed.size();
    var room = room();
    for (var slot : passed) {
      var decided = decide(slot, left, passed.getLast(), room);
      if (decided.outcome() == Outcome.FIRED || decided.outcome() == Outcome.LATE) {
        room--;
      }
      slots.add(decided);
      left--;
    }
    return slots;
  }

  private Slot summary(long count) {
    var outcome =
        switch (timetable.misfire()) {
          case SKIP -> Outcome.SKIPPED;
          case ONCE -> Outcome.COALESCED;
          case ALL -> Outcome.MISSED;
        };
    var reason = count + " slots from this one on passed while nobody could fire them";
    return new Slot(schedule.nextAt(), outcome, Optional.of(reason), count);
  }

  private int room() {
    var busy = schedule.runs().size();
    return timetable.overlap() == Overlap.SKIP && busy > 0 ? 0 : Math.max(0, BACKLOG_MAX - busy);
  }

  /** The misfire policy for those that a newer one has overtaken, then the overlap policy. */
  private Slot decide(Passed slot, int left, Passed newest, int room) {
    if (timetable.misfire() == Misfire.SKIP && (left > 1 || slot.lateness().compareTo(GRACE) > 0)) {
      return explained(slot, Outcome.SKIPPED, "It passed while nobody could fire it");
    }
    if (timetable.misfire() == Misfire.ONCE && left > 1) {
      var reason = "The slot " + Instants.text(newest.at()) + " stands for it";
      return explained(slot, Outcome.COALESCED, reason);
    }
    if (left > MADE_UP_MAX) {
      var reason = "Only the newest " + MADE_UP_MAX + " missed slots are made up for";
      return explained(slot, Outcome.MISSED, reason);
    }
    if (room == 0) {
      return explained(slot, Outcome.SKIPPED, overlapping());
    }
    return slot.lateness().compareTo(LATE_AFTER) > 0
        ? explained(slot, Outcome.LATE, "It fired " + slot.lateness() + " after its time")
        : new Slot(slot.at(), Outcome.FIRED, Optional.empty(), 1);
  }

  private String overlapping() {
    return timetable.overlap() == Overlap.SKIP
        ? "The run before it still goes on"
        : BACKLOG_MAX + " runs of this schedule wait already";
  }

  private static Slot explained(Passed slot, Outcome outcome, String reason) {
    return new Slot(slot.at(), outcome, Optional.of(reason), 1);
  }
}
