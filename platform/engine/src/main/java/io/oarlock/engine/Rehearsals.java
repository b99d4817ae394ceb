package io.oarlock.engine;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.model.Problem;
import io.oarlock.model.Trait;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.EventLog;
import io.oarlock.store.NewEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What automations that nobody has stored yet would have done about the events of the last day.
 * Their scripts run in dry runs: nothing is written, no hook is asked, no secret is opened and no
 * request is sent; what they wanted to write and send is counted. One after the other, so that a
 * rehearsal takes one worker, and one rehearsal at a time.
 */
final class Rehearsals {
  /** How far back events are looked at. */
  static final Duration PAST = Duration.ofDays(1);

  /** Most events that are looked at, the newest. */
  static final int EVENTS_MAX = 50_000;

  /** Most runs of one automation, for the newest events that set it off. */
  static final int RUNS_MAX = 100;

  /** Most automations of one rehearsal. */
  static final int AUTOMATIONS_MAX = 100;

  /** Longest time of one rehearsal, the wait for another one included. */
  static final Duration TIME_MAX = Duration.ofSeconds(20);

  /** Least time that is worth beginning a run in. */
  private static final Duration RUN_MIN = Duration.ofMillis(100);

  private static final int STEP = 500;

  private final EventLog events;
  private final Automations automations;
  private final AutomationRunner runner;
  private final Brokers brokers;
  private final Function<Call, Answer> platform;
  private final Function<Call, Answer> imagined;
  private final Clock clock;
  private final Semaphore one = new Semaphore(1, true);

  /**
   * Nothing is rehearsed yet.
   *
   * @param platform answers what scripts read
   * @param imagined answers writes without making them and without asking hooks
   */
  Rehearsals(
      EventLog events,
      Automations automations,
      AutomationRunner runner,
      Brokers brokers,
      Function<Call, Answer> platform,
      Function<Call, Answer> imagined,
      Clock clock) {
    this.events = events;
    this.automations = automations;
    this.runner = runner;
    this.brokers = brokers;
    this.platform = platform;
    this.imagined = imagined;
    this.clock = clock;
  }

  /** One that listens to events, and those of the last day that it would have heard. */
  private record Part(
      Automation automation, Predicate<NewEvent> hears, Deque<Long> newest, Rehearsed rehearsed) {
    void take(Event event) {
      if (hears.test(event.content())) {
        rehearsed.heard();
        newest.add(event.sequence());
        if (newest.size() > RUNS_MAX) {
          newest.remove();
        }
      }
    }
  }

  /**
   * Rehearses those that listen to events.
   *
   * @param wanted automations as they would be stored
   * @return a tree for each, in the same order; empty when there is none
   */
  List<Object> rehearse(List<Automation> wanted) {
    var parts =
        wanted.stream()
            .filter(each -> each.kind().equals("OnEvent") && !each.disabled())
            .limit(AUTOMATIONS_MAX)
            .map(each ->
                new Part(each, automations.heardBy(each), new ArrayDeque<>(), new Rehearsed(each)))
            .toList();
    if (parts.isEmpty()) {
      return List.of();
    }
    var end = System.nanoTime() + TIME_MAX.toNanos();
    try {
      if (!one.tryAcquire(TIME_MAX.toNanos() / 2, TimeUnit.NANOSECONDS)) {
        throw Problem.unavailable(
            "busy", "Another rehearsal takes its time; plan again later, or without a rehearsal");
      }
      try {
        return rehearse(parts, end);
      } finally {
        one.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; plan again later");
    }
  }

  private List<Object> rehearse(List<Part> parts, long end) throws InterruptedException {
    var since = look(parts);
    var trees = new ArrayList<Object>();
    for (var i = 0; i < parts.size(); i++) {
      // Each gets its share of what is left, so that a slow one leaves some to the others.
      var left = end - System.nanoTime();
      run(parts.get(i), System.nanoTime() + left / (parts.size() - i));
      trees.add(parts.get(i).rehearsed().tree(since));
    }
    return trees;
  }

  /** Shows the events of the last day to each; the time of the first that was looked at. */
  private Instant look(List<Part> parts) {
    var since = clock.instant().minus(PAST);
    var start = Math.max(events.oldest() - 1, events.head() - EVENTS_MAX);
    var end = events.head();
    var after = before(since, start, end);
    // Whether what came before, which is not there or not looked at any more, was of another day.
    var isWhole = start == 0 || after > start;
    Optional<Instant> first = Optional.empty();
    while (after < end) {
      var some = events.read(after, STEP);
      if (some.isEmpty()) {
        break;
      }
      for (var event : some) {
        if (event.content().time().isBefore(since)) {
          isWhole = true;
        } else {
          first = first.or(() -> Optional.of(event.content().time()));
          parts.forEach(part -> part.take(event));
        }
      }
      after = some.getLast().sequence();
    }
    return isWhole ? since : first.orElse(since);
  }

  /** A place in the log before which all events are older. */
  private long before(Instant since, long from, long to) {
    var low = from;
    var high = to;
    while (high - low > STEP) {
      var middle = low + (high - low) / 2;
      var event = events.read(middle, 1);
      if (!event.isEmpty() && event.getFirst().content().time().isBefore(since)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void run(Part part, long end) throws InterruptedException {
    var time = new Instant[] {clock.instant()};
    var values = brokers.dryValues(() -> time[0]);
    for (var sequence : part.newest()) {
      var left = Duration.ofNanos(end - System.nanoTime());
      var event = events.read(sequence - 1, 1);
      if (left.compareTo(RUN_MIN) < 0 || event.isEmpty()) {
        return;
      }
      time[0] = event.getFirst().content().time();
      if (!run(part, event.getFirst(), left, values)) {
        return;
      }
    }
  }

  /** Whether it makes sense to go on. */
  private boolean run(Part part, Event event, Duration left, DryValues values)
      throws InterruptedException {
    var automation = part.automation().answering(left);
    var run = imagined(automation, event);
    var broker = brokers.rehearse(automation, run, this::answer, values);
    var request =
        new RunRequest(
            run.id(),
            automation.namespace().value(),
            automation.script(),
            automation.entry(),
            Runs.context(automation, run, run.id()),
            automation.limits());
    var result = runner.run(request, broker);
    var isCut =
        result instanceof RunResult.Lost
            || (result instanceof RunResult.TimedOut
                && left.compareTo(part.automation().limits().wallTime()) < 0);
    if (!isCut) {
      part.rehearsed().ended(result, broker.log());
    }
    return !isCut;
  }

  /** What asks changes nothing; what writes is imagined, or believed where nothing is stored. */
  private Answer answer(Call call) {
    if (!call.operation().writes()) {
      return platform.apply(call);
    }
    return call.type().has(Trait.STORED)
        ? imagined.apply(call)
        : new Answer.One(new LinkedHashMap<>(call.body()), false);
  }

  private Document imagined(Automation automation, Event event) {
    var id = Ids.at(clock.instant());
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("dryRun", true);
    body.put("attempt", 1L);
    body.put("input", Map.of("event", Feeds.wire(event)));
    var cause = Cause.after("Event", event.content().id(), event.content().cause());
    body.put("cause", cause.toTree());
    return new Document(Runs.TYPE, id, automation.namespace(), 1, body, Optional.empty());
  }
}
