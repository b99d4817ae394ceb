package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "What happens",
    operations = {
      Operation.CREATE,
      Operation.GET,
      Operation.LIST,
      Operation.COUNT,
      Operation.DELETE
    },
    retention = "PT720H",
    example =
        """
        {
          "source": "name:tell-the-cmdb",
          "statuses": ["DeadLettered"],
          "from": "2026-11-20T23:50:00.000Z"
        }
        """)
@Doc(
    "Sends the messages of a hook again, all that were given up or a range of them, in the order "
        + "in which they were made. The same ids are sent again, so a receiver that remembers ids "
        + "takes each once. Deleting it stops what is left.")
public record Redrive(
    RecordMeta meta,
    @Doc("Hook policy whose messages are sent again: its id, or name: and its name.")
        @Example("name:tell-the-cmdb")
        @Size(min = 1, max = 300)
        @Filterable
        String source,
    @Doc("Which of its messages.")
        @Example("[\"DeadLettered\"]")
        @Default("[\"DeadLettered\"]")
        @Size(min = 1, max = 2)
        Set<Kind> statuses,
    @Doc("Those made at that time or later; from the first when absent.")
        @Example("2026-11-20T23:50:00.000Z")
        Optional<Instant> from,
    @Doc("Those made before that time; all up to now when absent.")
        @Example("2026-11-21T23:50:00.000Z")
        Optional<Instant> until,
    @Doc("Where it stands.") @Example("Sending") @ReadOnly @Filterable Optional<Progress> progress,
    @Doc("Messages it was meant for when it began.")
        @Example("120")
        @Range(max = 9007199254740991d)
        @ReadOnly
        Optional<Long> total,
    @Doc("Messages that were put in line again.")
        @Example("120")
        @Range(max = 9007199254740991d)
        @ReadOnly
        Optional<Long> redriven,
    @Doc("When the last of these was made; what is left was made then or later.")
        @Example("2026-11-21T10:20:30.000Z")
        @ReadOnly
        Optional<Instant> gathered,
    @Doc("Of these, those that still wait for an answer.")
        @Example("20")
        @Range(max = 9007199254740991d)
        @ReadOnly
        Optional<Long> waiting,
    @Doc("When the last of them was delivered or given up.")
        @Example("2026-11-21T23:51:00.000Z")
        @ReadOnly
        Optional<Instant> doneAt) {

  /** Which messages are sent again. */
  public enum Kind {
    @Doc("Those that were given up.")
    DEAD_LETTERED,
    @Doc("Those that were delivered.")
    DELIVERED
  }

  /** Where a redrive stands. */
  public enum Progress {
    @Doc("Messages are put in line.")
    GATHERING,
    @Doc("All are in line; some wait for an answer.")
    SENDING,
    @Doc("Each was delivered or given up.")
    DONE
  }
}
