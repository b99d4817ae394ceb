package io.oarlock.model.types;

import io.oarlock.model.ActionOf;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {
      "source,createTime",
      "status,source,nextAttemptAt",
      "inOrder,sequence",
      "cause.request"
    },
    retention = "PT168H",
    example =
        """
        {
          "sourceType": "hookpolicy",
          "source": "6741f3a2c0de4b0f8a1d2e3f",
          "sourceName": "policies-need-an-owner",
          "mode": "Pre",
          "endpoint": "https://hooks.example.com/oarlock",
          "operation": "Create",
          "targetType": "networkaccesspolicy",
          "status": "Delivered",
          "attempts": [
            {
              "number": 1,
              "at": "2026-11-21T23:50:00.000Z",
              "statusCode": 200,
              "latency": "PT0.043S",
              "response": "{}"
            }
          ]
        }
        """)
@ActionOf(
    name = "redrive",
    doc = "Sends a message that was given up again, with its attempts counted anew.")
@ActionOf(
    name = "replay",
    doc =
        "Sends a message again that was delivered or given up, under the same id: a receiver "
            + "that remembers ids takes it once.")
@Doc("One message to an endpoint of a hook or a forwarder, with each attempt to " + "deliver it.")
public record Delivery(
    RecordMeta meta,
    @Doc("Type of what sends the message.")
        @Example("hookpolicy")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(max = 64)
        String sourceType,
    @Doc("Identifier of the hook policy or forwarder.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String source,
    @Doc("Name of the hook policy or forwarder.")
        @Example("policies-need-an-owner")
        @Size(max = 256)
        Optional<String> sourceName,
    @Doc("Whether a hook was called before or after the write.") @Example("Pre")
        Optional<HookPolicy.Mode> mode,
    @Doc("URL the message goes to, or identifier of the automation.")
        @Example("https://hooks.example.com/oarlock")
        @Size(max = 2048)
        Optional<String> endpoint,
    @Doc("Event the message tells of.") @Example("01JD8Z3N7QX5") @Size(max = 128) @Filterable
        Optional<String> eventId,
    @Doc("Place of that event in the log.") @Example("41") @Range(max = 9007199254740991d)
        Optional<Long> sequence,
    @Doc("The write the message tells of.") @Example("Create") Optional<WriteOperation> operation,
    @Doc("Type of the resource written.")
        @Example("networkaccesspolicy")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(max = 64)
        Optional<String> targetType,
    @Doc("Identifier of the resource written.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        Optional<String> targetId,
    @Doc("Name of the resource written.") @Example("web-to-db") @Size(max = 1024)
        Optional<String> targetName,
    @Doc("Where the delivery stands.") @Example("Delivered") @Filterable Status status,
    @Doc("Each attempt, oldest first.")
        @Example(
            "[{\"number\": 1, \"at\": \"2026-11-21T23:50:00.000Z\", \"statusCode\": 200, "
                + "\"latency\": \"PT0.043S\"}]")
        @Size(max = 64)
        List<Attempt> attempts,
    @Doc("When the next attempt is due.") @Example("2026-11-21T23:50:01.000Z")
        Optional<Instant> nextAttemptAt,
    @Doc("Redrive that sent it again last.")
        @Example("6741f3a2c0de4b0f8a1d2e41")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        Optional<String> redrive,
    @Doc("Request whose write it was.") @Example("01JD8Z3N7Q") @Size(max = 256) @Filterable
        Optional<String> requestId,
    @Doc("What led to it; the chain begins with its request.")
        @Example("{\"kind\": \"Run\", \"id\": \"6741f3a2c0de4b0f8a1d2e40\", \"depth\": 1}")
        Optional<Cause> cause,
    @Doc("What it waits in line for: messages of one source about one resource, in order.")
        @Example("6741f3a2c0de4b0f8a1d2e3f/6741f3a2c0de4b0f8a1d2e40")
        @Size(max = 256)
        @Hidden
        Optional<String> inOrder,
    @Doc("The message itself, secrets masked.")
        @Example("{\"type\": \"io.oarlock.hook.post\"}")
        @Size(max = 1048576)
        @Hidden
        Optional<Object> message) {

  /** Where a delivery stands. */
  public enum Status {
    @Doc("It waits for its first or next attempt.")
    PENDING,
    @Doc("The endpoint took it.")
    DELIVERED,
    @Doc("The endpoint refused the write.")
    REFUSED,
    @Doc("A hook that must allow the write gave no proper answer, so the write was refused.")
    FAILED,
    @Doc("A hook gave no proper answer, and the write went on without it.")
    PASSED_UNCHECKED,
    @Doc("A hook that a write had passed unchecked allowed it when it was back.")
    REVALIDATED,
    @Doc("A hook that a write had passed unchecked refused it when it was back.")
    REFUSED_LATER,
    @Doc("It was given up; redrive sends it again.")
    DEAD_LETTERED
  }

  /** One attempt. */
  public record Attempt(
      @Doc("Number of the attempt, from 1.") @Example("1") @Range(min = 1, max = 1000) long number,
      @Doc("When it started.") @Example("2026-11-21T23:50:00.000Z") Instant at,
      @Doc("HTTP status of the answer.") @Example("200") @Range(min = 100, max = 599)
          Optional<Long> statusCode,
      @Doc("Time until the answer or the failure.") @Example("PT0.043S") Optional<Duration> latency,
      @Doc("Why there was no answer.") @Example("connection refused") @Size(max = 1024)
          Optional<String> error,
      @Doc("First bytes of the answer.")
          @Example("{}")
          @Format(TextFormat.MARKDOWN)
          @Size(max = 4096)
          Optional<String> response) {}
}
