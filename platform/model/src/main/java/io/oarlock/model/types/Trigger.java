package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What sets off an automation. */
@Doc("What sets off an automation.")
public sealed interface Trigger {

  /** A write somewhere in the namespace. */
  @Doc("Runs for each write that matches, after it is stored, at least once.")
  record OnEvent(
      @Doc("Types of the resources it listens to.")
          @Example("[\"networkaccesspolicy\"]")
          @Format(TextFormat.RESOURCE_TYPE)
          @Size(min = 1, max = 64)
          Set<String> types,
      @Doc("Which writes it listens to.")
          @Example("[\"Create\", \"Update\", \"Delete\"]")
          @Default("[\"Create\", \"Update\", \"Delete\"]")
          @Size(min = 1, max = 3)
          Set<WriteOperation> operations,
      @Doc("Tag expression the resource matches; any resource when absent.")
          @Example("[[\"env=prod\"]]")
          Optional<TagExpression> subject,
      @Doc("Condition on the attributes of the resource, in the filter language of lists.")
          @Example("action == Reject")
          @Format(TextFormat.FILTER)
          @Size(max = 4096)
          Optional<String> filter,
      @Doc("Listens in the namespaces below as well.") @Example("false") boolean recursive)
      implements Trigger {}

  /** Times. */
  @Doc("Runs at times given by a cron expression or an interval, exactly one of them.")
  record OnSchedule(
      @Doc(
              "Cron expression: six or seven fields with seconds first, or five fields for "
                  + "second 0.")
          @Example("0/2 * * * * ?")
          @Format(TextFormat.CRON)
          @Size(max = 256)
          Optional<String> cron,
      @Doc("Interval between runs, PT1S to P366D, counted from the creation of the automation.")
          @Example("PT30M")
          Optional<Duration> every,
      @Doc("Time zone the cron expression is read in.")
          @Example("Europe/Berlin")
          @Default("UTC")
          @Format(TextFormat.TIME_ZONE)
          @Size(max = 64)
          String timeZone,
      @Doc("What happens with slots that passed while nobody could fire them.")
          @Example("Once")
          @Default("Once")
          Misfire misfire,
      @Doc("What happens when a slot comes while the run before it still goes on.")
          @Example("Skip")
          @Default("Skip")
          Overlap overlap,
      @Doc(
              "Longest random delay added to each slot, at most PT1H, so that many schedules "
                  + "do not fire at once.")
          @Example("PT5S")
          @Default("PT0S")
          Duration jitter)
      implements Trigger {
    /** Shortest interval. */
    public static final Duration EVERY_MIN = Duration.ofSeconds(1);

    /** Longest interval. */
    public static final Duration EVERY_MAX = Duration.ofDays(366);

    /** Longest jitter. */
    public static final Duration JITTER_MAX = Duration.ofHours(1);
  }

  /** A URL that outsiders call. */
  @Doc("Runs when somebody posts to a URL made by the action calltokens.")
  record OnCall(
      @Doc("Whether the caller waits for what the script returns.")
          @Example("Sync")
          @Default("Sync")
          Response response)
      implements Trigger {}

  /** A hook policy. */
  @Doc("Answers the hook policies whose selectors pick the automation; may refuse or " + "replace.")
  record OnHook() implements Trigger {}

  /** What happens with missed slots. */
  enum Misfire {
    @Doc("They are skipped.")
    SKIP,
    @Doc("One run stands for all of them.")
    ONCE,
    @Doc("Each is made up for, up to a limit of the platform.")
    ALL
  }

  /** What happens with overlapping runs. */
  enum Overlap {
    @Doc("The slot is skipped.")
    SKIP,
    @Doc("The run waits for the one before it.")
    QUEUE,
    @Doc("Both run.")
    PARALLEL
  }

  /** What the caller gets. */
  enum Response {
    @Doc("The value the script returns.")
    SYNC,
    @Doc("202 with the id of the run, at once.")
    ASYNC
  }

  /** Rules across attributes. */
  default List<Violation> violations(String pointer) {
    return this instanceof OnSchedule schedule ? scheduleFaults(schedule, pointer) : List.of();
  }

  private static List<Violation> scheduleFaults(OnSchedule schedule, String pointer) {
    var rules = new Rules(pointer);
    rules.refuseIf(
        schedule.cron().isPresent() && schedule.every().isPresent(),
        "every",
        "not-allowed",
        "A schedule has either cron or every, not both.",
        "Remove one of them.");
    rules.refuseIf(
        schedule.cron().isEmpty() && schedule.every().isEmpty(),
        "cron",
        "required",
        "A schedule says when it fires, by cron or by every.",
        "Add cron, for example 0/2 * * * * ?, or every, for example PT30M.");
    rules.within("every", schedule.every(), OnSchedule.EVERY_MIN, OnSchedule.EVERY_MAX);
    rules.within("jitter", schedule.jitter(), Duration.ZERO, OnSchedule.JITTER_MAX);
    return rules.violations();
  }
}
