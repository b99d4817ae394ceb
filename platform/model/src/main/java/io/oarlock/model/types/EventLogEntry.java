package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Operation;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.Map;

@Resource(
    name = "eventlog",
    plural = "eventlogs",
    group = "What happens",
    operations = {
      Operation.CREATE,
      Operation.GET,
      Operation.LIST,
      Operation.COUNT,
      Operation.DELETE
    },
    indexes = {"targetId,createTime"},
    retention = "PT720H",
    example =
        """
        {
          "category": "enforcer:policy",
          "level": "Warning",
          "title": "Policy is late",
          "content": "The enforcer is two epochs behind.",
          "targetType": "enforcer",
          "targetId": "6741f3a2c0de4b0f8a1d2e3f"
        }
        """)
@Doc("A line for people about something that happened to a resource.")
public record EventLogEntry(
    RecordMeta meta,
    @Doc("What kind of thing happened, words separated by colons.")
        @Example("enforcer:policy")
        @Size(min = 1, max = 128)
        @Filterable
        String category,
    @Doc("How grave it is.") @Example("Warning") @Default("Info") @Filterable Level level,
    @Doc("What happened, in a few words.") @Example("Policy is late") @Size(min = 1, max = 256)
        String title,
    @Doc("What happened, in full.")
        @Example("The enforcer is two epochs behind.")
        @Format(TextFormat.MARKDOWN)
        @Size(max = 16384)
        String content,
    @Doc("Type of the resource.")
        @Example("enforcer")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(max = 64)
        @Filterable
        String targetType,
    @Doc("Identifier of the resource.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String targetId,
    @Doc("Further facts for programs.")
        @Example("{\"epoch\": 41}")
        @Size(max = 16384)
        @Keys(max = 256)
        Map<String, Object> data) {

  /** How grave it is. */
  public enum Level {
    @Doc("For whoever hunts a fault.")
    DEBUG,
    @Doc("What happened.")
    INFO,
    @Doc("Something to look at.")
    WARNING,
    @Doc("Something went wrong.")
    ERROR,
    @Doc("Something does not work at all.")
    CRITICAL
  }
}
