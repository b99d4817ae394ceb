package io.oarlock.model.types;

import java.time.Duration;

/** The rule that joins the two halves of {@link Scheduled}. */
final class Schedules {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(366);

  private Schedules() {}

  static void check(Scheduled scheduled, Rules rules) {
    var schedule = scheduled.activeSchedule();
    var duration = scheduled.activeDuration();
    rules.refuseIf(
        schedule.isPresent() && duration.isEmpty(),
        "activeDuration",
        "required",
        "With activeSchedule, activeDuration says how long the policy stays in force.",
        "Add activeDuration, for example PT10H.");
    rules.refuseIf(
        schedule.isEmpty() && duration.isPresent(),
        "activeSchedule",
        "required",
        "With activeDuration, activeSchedule says from when the policy is in force.",
        "Add activeSchedule, for example 0 0 8 ? * MON-FRI.");
    rules.within("activeDuration", duration, LEAST, MOST);
  }
}
