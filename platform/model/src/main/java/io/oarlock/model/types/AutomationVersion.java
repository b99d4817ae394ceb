package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.ElementSize;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Operation;
import io.oarlock.model.Orderable;
import io.oarlock.model.Range;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT},
    indexes = {"unique:automation,number"},
    example =
        """
        {
          "automation": "6741f3a2c0de4b0f8a1d2e3f",
          "number": 3,
          "source": "export default async function (ctx) { ctx.log.info('hello'); }",
          "author": ["@auth:realm=account", "@auth:account=admin"]
        }
        """)
@Doc("A saved version of an automation. Runs that go on finish on theirs.")
public record AutomationVersion(
    RecordMeta meta,
    @Doc("Identifier of the automation.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String automation,
    @Doc("Number of the version, from 1.")
        @Example("3")
        @Range(min = 1, max = 9007199254740991d)
        @Orderable
        long number,
    @Doc("Source of the condition.")
        @Example("export async function when(ctx) { return true; }")
        @Format(TextFormat.JAVASCRIPT)
        @Size(max = 65536)
        Optional<String> condition,
    @Doc("Source of the script.")
        @Example("export default async function (ctx) { ctx.log.info('hello'); }")
        @Format(TextFormat.JAVASCRIPT)
        @Size(min = 1, max = 262144)
        String source,
    @Doc("Further modules by file name.")
        @Example("{\"./format.js\": \"export const line = (o) => o.name;\"}")
        @Format(TextFormat.JAVASCRIPT)
        @Size(max = 32)
        @ElementSize(max = 65536)
        @Keys(max = 256, pattern = Automation.MODULE_PATH, message = Automation.MODULE_PATH_WORDS)
        Map<String, String> modules,
    @Doc("Claims of who saved it.")
        @Example("[\"@auth:realm=account\", \"@auth:account=admin\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        List<String> author) {}
