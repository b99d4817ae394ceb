package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Operation;
import io.oarlock.model.Orderable;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Instant;
import java.util.Optional;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {"unique:automation,slot"},
    retention = "PT720H",
    example =
        """
        {
          "automation": "6741f3a2c0de4b0f8a1d2e3f",
          "slot": "2026-11-21T23:50:02.000Z",
          "outcome": "Fired",
          "firedAt": "2026-11-21T23:50:02.003Z",
          "node": "node-1",
          "run": "6741f3a2c0de4b0f8a1d2e40"
        }
        """)
@Doc(
    "One slot of a schedule and what became of it. Every slot has one, so that a "
        + "schedule can be accounted for.")
public record Firing(
    RecordMeta meta,
    @Doc("Identifier of the automation.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String automation,
    @Doc("When it was due.") @Example("2026-11-21T23:50:02.000Z") @Orderable Instant slot,
    @Doc("What became of it.") @Example("Fired") @Filterable Outcome outcome,
    @Doc("Why, when it was not simply fired.")
        @Example("The run before it still goes on.")
        @Size(max = 1024)
        Optional<String> reason,
    @Doc("When it was fired.") @Example("2026-11-21T23:50:02.003Z") Optional<Instant> firedAt,
    @Doc("Slots that this one stands for, itself included.")
        @Example("1")
        @Range(min = 1, max = 1000000000)
        Optional<Long> slots,
    @Doc("Node of the platform that decided.") @Example("node-1") @Size(max = 256)
        Optional<String> node,
    @Doc("Identifier of the run.")
        @Example("6741f3a2c0de4b0f8a1d2e40")
        @Format(TextFormat.ID)
        @Size(max = 64)
        Optional<String> run) {

  /** What became of a slot. */
  public enum Outcome {
    @Doc("It fired in time.")
    FIRED,
    @Doc("It fired after its time.")
    LATE,
    @Doc("The overlap or misfire policy skipped it.")
    SKIPPED,
    @Doc("A later run stands for it.")
    COALESCED,
    @Doc("It passed while nobody could fire it.")
    MISSED
  }
}
