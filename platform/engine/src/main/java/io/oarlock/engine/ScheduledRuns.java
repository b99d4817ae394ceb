package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.ResourceType;
import io.oarlock.model.types.Firing.Outcome;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The engine's side of schedules: which there are, and firing them. When to fire is decided
 * elsewhere; here a firing is one batch that happens once, whoever else tries it.
 */
public final class ScheduledRuns {
  private static final String FIRING = "firing";
  private static final Optional<Document> NO_RUN = Optional.empty();
  private static final Set<String> ALIVE = Set.of("Queued", "Running");

  private final Journal journal;
  private final ResourceStore store;
  private final ResourceType type;
  private final Namespaces namespaces;
  private final Automations automations;
  private final Runs runs;
  private final String node;
  private final Clock clock;

  ScheduledRuns(
      Journal journal,
      ResourceType type,
      Namespaces namespaces,
      Automations automations,
      Runs runs,
      String node,
      Clock clock) {
    this.journal = journal;
    this.store = journal.store();
    this.type = type;
    this.namespaces = namespaces;
    this.automations = automations;
    this.runs = runs;
    this.node = node;
    this.clock = clock;
  }

  /**
   * What becomes of one slot, or of several that need no row each.
   *
   * @param at the slot, or the first of several
   * @param count how many slots
   */
  public record Slot(Instant at, Outcome outcome, Optional<String> reason, long count) {
    boolean runs() {
      return outcome == Outcome.FIRED || outcome == Outcome.LATE;
    }
  }

  /** Those due until then, those overdue included. */
  public List<Schedule> due(Instant until) {
    var found = new ArrayList<Schedule>();
    var due =
        new Filter.Compare(Schedule.NEXT_AT, Filter.Comparison.LESS_OR_EQUAL, Instants.text(until));
    Optional<String> after = Optional.empty();
    do {
      var query = Query.all(Schedule.TYPE, new Query.Scope.Everywhere()).where(due).after(after);
      var page = store.list(query);
      page.documents().forEach(document -> found.add(Schedule.of(document)));
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  /** The schedule of an automation as it is now; without the runs that have ended. */
  public Optional<Schedule> find(String automation) {
    return store.get(Schedule.TYPE, automation).map(Schedule::of).map(this::pruned);
  }

  private Schedule pruned(Schedule schedule) {
    var alive = schedule.runs().stream().filter(this::isAlive).toList();
    return new Schedule(
        schedule.id(),
        schedule.namespace(),
        schedule.trigger(),
        schedule.nextAt(),
        alive,
        schedule.version());
  }

  private boolean isAlive(String run) {
    return store
        .get(Runs.TYPE, run)
        .flatMap(document -> Trees.text(document.body(), "status"))
        .filter(ALIVE::contains)
        .isPresent();
  }

  /** Calls back with the id of each automation that any node wrote; the callee must be quick. */
  public void onChange(Consumer<String> listener) {
    journal.follow(event -> {
      if (event.content().type().equals(Automation.TYPE)) {
        listener.accept(event.content().resourceId());
      }
    });
  }

  /**
   * Enters slots in the ledger, makes their runs and moves the schedule on, all or nothing.
   *
   * @param schedule as it was found
   * @param nextAt the first slot that is left; empty when the schedule is over
   * @return false when somebody else was faster, or the automation or its namespace is going
   */
  public boolean fire(Schedule schedule, List<Slot> slots, Optional<Instant> nextAt) {
    var automation = automations.get(schedule.id()).filter(a -> !a.disabled());
    if (automation.isEmpty()) {
      removeOrphan(schedule);
      return false;
    }
    if (!namespaces.exists(schedule.namespace())) {
      return false;
    }
    try {
      commit(automation.get(), schedule, slots, nextAt);
      return true;
    } catch (ConflictException e) {
      return !e.type().equals(Schedule.TYPE) && settle(automation.get(), schedule, slots, nextAt);
    }
  }

  /** Some slots have their row and run already, after a clock went back: the others count. */
  private boolean settle(
      Automation automation, Schedule schedule, List<Slot> slots, Optional<Instant> nextAt) {
    var open =
        slots.stream()
            .filter(slot -> store.get(FIRING, firingId(schedule, slot)).isEmpty())
            .toList();
    try {
      commit(automation, schedule, open, nextAt);
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }

  private void commit(
      Automation automation, Schedule schedule, List<Slot> slots, Optional<Instant> nextAt) {
    var batch = Batch.builder();
    namespaces.stillThere(schedule.namespace()).ifPresent(batch::write);
    var made = new ArrayList<String>();
    for (var slot : slots) {
      var run = slot.runs() ? Optional.of(run(automation, schedule, slot)) : NO_RUN;
      run.ifPresent(document -> made.add(document.id()));
      run.map(Batch.Write.Insert::new).ifPresent(batch::write);
      batch.write(new Batch.Write.Insert(row(schedule, slot, run)));
    }
    var alive = new ArrayList<>(schedule.runs());
    alive.addAll(made);
    batch.write(
        nextAt
            .<Batch.Write>map(at ->
                new Batch.Write.Replace(
                    schedule.next(schedule.trigger(), at, alive).document(), schedule.version()))
            .orElseGet(
                () -> new Batch.Write.Remove(Schedule.TYPE, schedule.id(), schedule.version())));
    journal.commit(batch.build());
    made.forEach(runs::offer);
  }

  private Document run(Automation automation, Schedule schedule, Slot slot) {
    var id = firingId(schedule, slot);
    var about = new LinkedHashMap<String, Object>();
    about.put("slot", Instants.text(slot.at()));
    about.put("late", slot.outcome() == Outcome.LATE);
    return runs.queued(
        automation,
        new Cause("Schedule", id, Optional.empty(), 0),
        Map.of("schedule", about),
        Map.of("idempotencyKey", "schedule/" + id));
  }

  private Document row(Schedule schedule, Slot slot, Optional<Document> run) {
    var now = clock.instant();
    var text = Instants.text(now);
    var id = firingId(schedule, slot);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", schedule.namespace().value());
    body.put("createTime", text);
    body.put("updateTime", text);
    body.put("automation", schedule.id());
    body.put("slot", Instants.text(slot.at()));
    body.put("outcome", word(slot.outcome()));
    slot.reason().ifPresent(reason -> body.put("reason", reason));
    body.put("slots", slot.count());
    body.put("node", node);
    run.ifPresent(document -> {
      body.put("firedAt", text);
      body.put("run", document.id());
    });
    return new Document(FIRING, id, schedule.namespace(), 1, body, type.retention().map(now::plus));
  }

  private static String word(Outcome outcome) {
    return outcome.name().charAt(0) + outcome.name().substring(1).toLowerCase(Locale.ROOT);
  }

  private static String firingId(Schedule schedule, Slot slot) {
    return schedule.id() + "@" + slot.at().toEpochMilli();
  }

  /** The mirror may be behind the store, so the store is asked before anything is removed. */
  private void removeOrphan(Schedule schedule) {
    if (store.get(Automation.TYPE, schedule.id()).isPresent()) {
      return;
    }
    try {
      journal.commit(
          Batch.builder()
              .write(new Batch.Write.Remove(Schedule.TYPE, schedule.id(), schedule.version()))
              .build());
    } catch (ConflictException e) {
      // Somebody removed it meanwhile, or it is in use again.
      return;
    }
  }
}
