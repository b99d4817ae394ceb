package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Operation;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {"targetType,createTime", "targetId,createTime", "cause.request"},
    retention = "PT2160H",
    example =
        """
        {
          "operation": "Update",
          "outcome": "Succeeded",
          "targetType": "networkaccesspolicy",
          "targetId": "6741f3a2c0de4b0f8a1d2e3f",
          "targetName": "web-to-db",
          "claims": ["@auth:realm=account", "@auth:account=admin"],
          "diff": [{"attribute": "/action", "before": "Allow", "after": "Reject"}],
          "requestId": "01JD8Z3N7Q",
          "source": "10.1.2.3"
        }
        """)
@Doc("Who changed what, or was refused to: the audit trail.")
public record Activity(
    RecordMeta meta,
    @Doc("What was done or tried.") @Example("Update") @Filterable Operation operation,
    @Doc("Whether it was done.") @Example("Succeeded") @Filterable Outcome outcome,
    @Doc("Type of the resource.")
        @Example("networkaccesspolicy")
        @Format(TextFormat.RESOURCE_TYPE)
        @Size(max = 64)
        @Filterable
        String targetType,
    @Doc("Identifier of the resource.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        Optional<String> targetId,
    @Doc("Name of the resource.") @Example("web-to-db") @Size(max = 1024)
        Optional<String> targetName,
    @Doc("Claims of who did it.")
        @Example("[\"@auth:realm=account\", \"@auth:account=admin\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        @Filterable
        List<String> claims,
    @Doc("What changed, secrets masked.")
        @Example("[{\"attribute\": \"/action\", \"before\": \"Allow\", \"after\": \"Reject\"}]")
        @Size(max = 1000)
        List<Change> diff,
    @Doc("Code of the problem, when it was refused.") @Example("forbidden") @Size(max = 128)
        Optional<String> code,
    @Doc("What the caller was told, when it was refused.")
        @Example("You may not update networkaccesspolicy in /acme.")
        @Size(max = 4096)
        Optional<String> message,
    @Doc("Identifier of the request.") @Example("01JD8Z3N7Q") @Size(max = 256) @Filterable
        Optional<String> requestId,
    @Doc("Address it came from.") @Example("10.1.2.3") @Size(max = 64) Optional<String> source,
    @Doc("What it was caused by, when not by a person's request.")
        @Example("{\"kind\": \"Run\", \"id\": \"6741f3a2c0de4b0f8a1d2e40\", \"depth\": 1}")
        Optional<Cause> cause) {

  /** Whether it was done. */
  public enum Outcome {
    @Doc("It was done.")
    SUCCEEDED,
    @Doc("It was refused.")
    REFUSED
  }

  /** One changed attribute. */
  public record Change(
      @Doc("JSON pointer of the attribute.") @Example("/action") @Size(max = 1024) String attribute,
      @Doc("Its value before; absent when it was added.") @Example("\"Allow\"") @Size(max = 65536)
          Optional<Object> before,
      @Doc("Its value after; absent when it was removed.") @Example("\"Reject\"") @Size(max = 65536)
          Optional<Object> after) {}
}
