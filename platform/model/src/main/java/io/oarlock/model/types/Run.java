package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Keys;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {
      "automation,createTime",
      "status,createTime",
      "cause.request",
      "unique:idempotencyKey"
    },
    retention = "PT720H",
    example =
        """
        {
          "automation": "6741f3a2c0de4b0f8a1d2e3f",
          "version": 3,
          "status": "Succeeded",
          "result": {"seen": "web-to-db"},
          "attempt": 1,
          "cause": {"kind": "Event", "id": "6741f3a2c0de4b0f8a1d2e40", "depth": 1},
          "queuedAt": "2026-11-21T23:50:00.000Z",
          "startedAt": "2026-11-21T23:50:00.010Z",
          "endedAt": "2026-11-21T23:50:00.031Z",
          "cpuTime": "PT0.012S",
          "node": "node-1",
          "logs": [
            {
              "at": "2026-11-21T23:50:00.020Z",
              "level": "info",
              "message": "Create web-to-db"
            }
          ],
          "logBytesDropped": 0
        }
        """)
@ActionOf(name = "cancel", doc = "Stops the run, whether it waits or goes on.")
@ActionOf(
    name = "redrive",
    doc = "Runs the same version again with the same input, as a new run.",
    output = Automation.Started.class)
@ActionOf(
    name = "replay",
    doc =
        "Runs the same version again with the input and the answers that it got then, as a dry "
            + "run: nothing is asked, sent or changed. Of runs that failed.")
@ActionOf(
    name = "logs",
    method = "GET",
    permission = Operation.GET,
    doc = "The log lines, and those to come while the run goes on.")
@Doc("One execution of an automation: what set it off, how it ended, what it logged " + "and used.")
public record Run(
    RecordMeta meta,
    @Doc("Identifier of the automation.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String automation,
    // Not the version of this record, which nobody edits: the contract gives this word to the
    // script.
    @Doc("Version of the automation that ran.")
        @Example("3")
        @Range(min = 1, max = 9007199254740991d)
        long version,
    @Doc("Where the run stands.") @Example("Succeeded") @Filterable Status status,
    @Doc("Name of the limit that ended the run.") @Example("cpuTime") @Size(max = 64)
        Optional<String> limit,
    @Doc("What went wrong, with the place in the source.")
        @Example(
            "{\"message\": \"TypeError: x is undefined\", \"line\": 3, \"column\": 12, "
                + "\"stack\": \"default (source.js:3:12)\"}")
        Optional<Fault> error,
    @Doc("What the script returned.") @Example("{\"seen\": \"web-to-db\"}") @Size(max = 1048576)
        Optional<Object> result,
    @Doc("What the script was given: the event or the payload, secrets masked.")
        @Example("{\"payload\": {\"text\": \"hello\"}}")
        @Size(max = 262144)
        Optional<Object> input,
    @Doc("Number of the attempt, from 1.") @Example("1") @Range(min = 1, max = 1000) long attempt,
    @Doc("Why it ran.")
        @Example("{\"kind\": \"Event\", \"id\": \"6741f3a2c0de4b0f8a1d2e40\", \"depth\": 1}")
        Cause cause,
    @Doc("Whether side effects were captured instead of had.") @Example("false") boolean dryRun,
    @Doc("What a dry run would have done.")
        @Example(
            "[{\"kind\": \"Api\", \"detail\": {\"operation\": \"Create\", \"type\": "
                + "\"alarm\"}}]")
        @Size(max = 1000)
        List<Effect> effects,
    @Doc(
            "What the run really used of its entitlements; with a test, the least set to "
                + "declare.")
        @Example("{\"networkaccesspolicy\": [\"get\"]}")
        @Size(max = 128)
        @Keys(format = TextFormat.RESOURCE_TYPE)
        Map<String, Set<Verb>> usedEntitlements,
    @Doc("Run that this one repeats.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        Optional<String> redriveOf,
    @Doc("When the next attempt is due, after a failure that is tried again.")
        @Example("2026-11-21T23:50:05.000Z")
        Optional<Instant> nextAttemptAt,
    @Doc("When it was asked for.") @Example("2026-11-21T23:50:00.000Z") Instant queuedAt,
    @Doc("When the script started.") @Example("2026-11-21T23:50:00.010Z")
        Optional<Instant> startedAt,
    @Doc("When it ended.") @Example("2026-11-21T23:50:00.031Z") Optional<Instant> endedAt,
    @Doc("Processor time of the script.") @Example("PT0.012S") Optional<Duration> cpuTime,
    @Doc("Calls of the platform's API.") @Example("2") @Range(max = 1000000)
        Optional<Long> apiCalls,
    @Doc("Requests sent out.") @Example("1") @Range(max = 1000000) Optional<Long> outboundRequests,
    @Doc("Node of the platform that ran it.") @Example("node-1") @Size(max = 256)
        Optional<String> node,
    @Doc("What the script logged.")
        @Example(
            "[{\"at\": \"2026-11-21T23:50:00.020Z\", \"level\": \"info\", \"message\": "
                + "\"Create web-to-db\"}]")
        @Size(max = 10000)
        List<LogLine> logs,
    @Doc("Log text dropped because the limit was reached.")
        @Example("0")
        @Range(max = 9007199254740991d)
        Optional<Long> logBytesDropped,
    @Doc("What makes a second run for the same reason impossible.")
        @Example("event/6741f3a2c0de4b0f8a1d2e40/6741f3a2c0de4b0f8a1d2e3f")
        @Size(max = 512)
        @Hidden
        Optional<String> idempotencyKey) {

  /** Where a run stands. */
  public enum Status {
    @Doc("It waits for a worker.")
    QUEUED,
    @Doc("Its script goes on.")
    RUNNING,
    @Doc("The script returned.")
    SUCCEEDED,
    @Doc("The condition said no.")
    SKIPPED,
    @Doc("The script threw, or could not be loaded.")
    FAILED,
    @Doc("The script passed a limit other than its wall time; limit names it.")
    LIMIT_EXCEEDED,
    @Doc("The script passed its wall time.")
    TIMED_OUT,
    @Doc("The worker was lost through no doing of the script.")
    LOST,
    @Doc("Somebody cancelled it.")
    CANCELLED
  }

  /** What went wrong in a script. */
  public record Fault(
      @Doc("What the script threw.") @Example("TypeError: x is undefined") @Size(max = 8192)
          String message,
      @Doc("Line in the source, from 1.") @Example("3") @Range(max = 1000000) Optional<Long> line,
      @Doc("Column in the line, from 1.") @Example("12") @Range(max = 1000000)
          Optional<Long> column,
      @Doc("Call stack, the script's own frames only.")
          @Example("default (source.js:3:12)")
          @Size(max = 16384)
          @Format(TextFormat.MARKDOWN)
          Optional<String> stack) {}

  /** Something a dry run would have done. */
  public record Effect(
      @Doc("What kind of effect.") @Example("Fetch") EffectKind kind,
      @Doc("The call with its arguments, secrets masked.")
          @Example("{\"method\": \"POST\", \"url\": \"https://example.com/\"}")
          @Size(max = 65536)
          Object detail) {}

  /** Kinds of effects. */
  public enum EffectKind {
    @Doc("A write through the platform's API.")
    API,
    @Doc("A request to a server outside.")
    FETCH,
    @Doc("A change of the automation's own values.")
    KV
  }
}
