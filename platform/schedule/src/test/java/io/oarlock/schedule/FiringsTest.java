package io.oarlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.engine.Schedule;
import io.oarlock.engine.ScheduledRuns.Slot;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.types.Firing.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiringsTest {
  private static final Instant START = Instant.parse("2026-11-21T23:50:00.000Z");
  private static final List<String> CRONS =
      List.of("0/2 * * * * ?", "*/5 * * * *", "0 30 2 * * ?", "15 0/10 * ? * MON-FRI");

  private final QuartzCrons crons = new QuartzCrons();

  private static Schedule schedule(Map<String, Object> trigger, Instant nextAt, int runs) {
    var busy = IntStream.range(0, runs).mapToObj(i -> "run-" + i).toList();
    return new Schedule("a-schedule", NamespacePath.ROOT, trigger, nextAt, busy, 1);
  }

  private static Map<String, Object> every(Duration every, String misfire, String overlap) {
    return Map.of("every", every.toString(), "misfire", misfire, "overlap", overlap);
  }

  /** Each slot as the first letter of its outcome. */
  private static String letters(Firings.Plan plan) {
    return plan.slots().stream()
        .map(slot -> slot.outcome().name().substring(0, 1))
        .collect(Collectors.joining());
  }

  private static long sum(List<Slot> slots) {
    return slots.stream().mapToLong(Slot::count).sum();
  }

  @ParameterizedTest(name = "misfire {0}, overlap {1}, {2} runs going on, newest {3} s late: {4}")
  @CsvSource({
    "Skip, Skip,     0, 0, SSSF",
    "Skip, Skip,     0, 2, SSSL",
    "Skip, Skip,     0, 6, SSSS",
    "Skip, Skip,     1, 0, SSSS",
    "Skip, Queue,    1, 0, SSSF",
    "Skip, Parallel, 1, 0, SSSF",
    "Once, Skip,     0, 0, CCCF",
    "Once, Skip,     0, 6, CCCL",
    "Once, Skip,     1, 6, CCCS",
    "Once, Queue,    1, 6, CCCL",
    "Once, Parallel, 1, 6, CCCL",
    "All,  Skip,     0, 6, LLLL",
    "All,  Skip,     0, 0, LLLF",
    "All,  Skip,     1, 6, SSSS",
    "All,  Queue,    1, 6, LLLL",
    "All,  Queue,   98, 6, LLSS",
    "All,  Parallel, 1, 6, LLLL"
  })
  void passedSlotsFollowTheMisfirePolicyThenTheOverlapPolicy(
      String misfire, String overlap, int runs, int late, String outcomes) {
    var schedule = schedule(every(Duration.ofSeconds(10), misfire, overlap), START, runs);

    var plan = Firings.plan(schedule, crons, START.plusSeconds(30 + late));

    assertThat(letters(plan)).isEqualTo(outcomes);
    assertThat(plan.nextAt()).contains(START.plusSeconds(40));
    assertThat(plan.slots())
        .allMatch(slot -> slot.outcome() == Outcome.FIRED || slot.reason().isPresent());
  }

  @Test
  void nothingIsEnteredBeforeItsTime() {
    var schedule = schedule(every(Duration.ofSeconds(10), "Once", "Skip"), START, 0);

    var plan = Firings.plan(schedule, crons, START.minusMillis(1));

    assertThat(plan).isEqualTo(new Firings.Plan(List.of(), java.util.Optional.of(START)));
  }

  @Test
  void onlyTheNewestHundredAreMadeUpFor() {
    var schedule = schedule(every(Duration.ofSeconds(1), "All", "Parallel"), START, 0);

    var plan = Firings.plan(schedule, crons, START.plusSeconds(149));

    assertThat(letters(plan)).matches("M{50}L{98}LF|M{50}L{98}FF");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Skip", "Once", "All"})
  void aLongAbsenceIsWorkedOffInBoundedSteps(String misfire) {
    var schedule = schedule(every(Duration.ofSeconds(1), misfire, "Skip"), START, 0);
    var now = START.plusSeconds(250_000 - 1);
    var slots = new ArrayList<Slot>();
    var steps = 0;
    for (var plan = Firings.plan(schedule, crons, now);
        !plan.slots().isEmpty();
        plan = Firings.plan(schedule, crons, now)) {
      slots.addAll(plan.slots());
      schedule = schedule(schedule.trigger(), plan.nextAt().orElseThrow(), 0);
      steps++;
    }

    assertThat(steps).isEqualTo(3);
    assertThat(sum(slots)).isEqualTo(250_000);
    assertThat(slots).hasSizeLessThan(Firings.ROWS_MAX + 4);
    assertThat(slots.stream().filter(s -> s.outcome() == Outcome.FIRED)).isNotEmpty();
  }

  @Test
  void aScheduleThatIsOverHasNoNextSlot() {
    var last = Instant.parse("2026-12-24T18:00:00Z");
    var schedule = schedule(Map.of("cron", "0 0 18 24 12 ? 2026"), last, 0);

    var plan = Firings.plan(schedule, crons, last);

    assertThat(letters(plan)).isEqualTo("F");
    assertThat(plan.nextAt()).isEmpty();
  }

  @Test
  void jitterDelaysASlotWithinItsBoundsAndNeverPastTheNext() {
    var trigger = Map.<String, Object>of("every", "PT10S", "jitter", "PT1H");
    var delays = new ArrayList<Long>();
    for (var at = START; at.isBefore(START.plusSeconds(600)); at = at.plusSeconds(10)) {
      var due = Firings.dueAt(schedule(trigger, at, 0), crons);
      delays.add(Duration.between(at, due).toMillis());
      assertThat(Firings.plan(schedule(trigger, at, 0), crons, due.minusMillis(1)).slots())
          .isEmpty();
      assertThat(letters(Firings.plan(schedule(trigger, at, 0), crons, due))).isEqualTo("F");
    }

    assertThat(delays).allMatch(delay -> delay >= 0 && delay <= 10_000);
    assertThat(delays.stream().distinct().count()).isGreaterThan(30);
  }

  /** Whatever the schedule and however long nobody watches, each slot is accounted for once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void expectedLessFiredLessExplainedIsNothing(long seed) {
    var random = new Random(seed);
    for (var round = 0; round < 20; round++) {
      balance(random);
    }
  }

  private void balance(Random random) {
    var trigger = new HashMap<String, Object>();
    trigger.put("cron", CRONS.get(random.nextInt(CRONS.size())));
    trigger.put("timeZone", random.nextBoolean() ? "Europe/Berlin" : "UTC");
    trigger.put("misfire", List.of("Skip", "Once", "All").get(random.nextInt(3)));
    trigger.put("overlap", List.of("Skip", "Queue", "Parallel").get(random.nextInt(3)));
    trigger.put("jitter", Duration.ofSeconds(random.nextInt(3)).toString());
    var schedule = schedule(trigger, START, 0);
    var first = schedule.timetable().next(crons, START).orElseThrow();
    schedule = schedule(trigger, first, 0);
    var slots = new ArrayList<Slot>();
    var now = first;
    for (var step = 0; step < 30; step++) {
      now = now.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 7_200_000 : 5_000));
      var plan = Firings.plan(schedule, crons, now);
      slots.addAll(plan.slots());
      schedule = schedule(trigger, plan.nextAt().orElseThrow(), random.nextInt(3));
    }
    assertThat(sum(slots)).isEqualTo(expected(schedule, first));
    assertThat(slots.stream().map(Slot::at)).doesNotHaveDuplicates().isSorted();
  }

  /** Slots from the first to the one that is left, counted without the planner. */
  private long expected(Schedule end, Instant first) {
    var count = 0L;
    for (var at = first; at.isBefore(end.nextAt()); count++) {
      at = crons.next(end.timetable().cron().orElseThrow(), end.timetable().zone(), at).get();
    }
    return count;
  }
}
