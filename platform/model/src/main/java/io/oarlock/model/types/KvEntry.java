package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;

@Resource(
    group = "What happens",
    plural = "kventries",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT, Operation.DELETE},
    indexes = {"unique:automation,key"},
    example =
        """
        {
          "automation": "6741f3a2c0de4b0f8a1d2e3f",
          "key": "last-seen",
          "value": {"count": 3},
          "revision": 1
        }
        """)
@Doc("A value that an automation keeps between its runs.")
public record KvEntry(
    RecordMeta meta,
    @Doc("Identifier of the automation.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String automation,
    @Doc("Key the automation chose.") @Example("last-seen") @Size(min = 1, max = 512) @Filterable
        String key,
    @Doc("The value.") @Example("{\"count\": 3}") @Size(max = 65536) Object value,
    @Doc("Grows by one with each change, for compare-and-set.")
        @Example("1")
        @Range(min = 1, max = 9007199254740991d)
        long revision,
    Expiring expiring) {}
