package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Hidden;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "What happens",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT, Operation.DELETE},
    example =
        """
        {"automation": "6741f3a2c0de4b0f8a1d2e3f", "description": "For the build server."}
        """)
@Doc(
    "A URL that runs an automation, without the URL itself. Deleting it makes the "
        + "URL useless.")
public record CallToken(
    RecordMeta meta,
    @Doc("Identifier of the automation.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Format(TextFormat.ID)
        @Size(max = 64)
        @Filterable
        String automation,
    @Doc("What the URL is for, in words.") @Example("For the build server.") @Size(max = 1024)
        Optional<String> description,
    @Doc("SHA-256 of the token in the URL.")
        @Example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        @Size(max = 64)
        @Filterable
        @ReadOnly
        @Hidden
        String hash,
    @Doc("Claims of who made it.")
        @Example("[\"@auth:realm=account\", \"@auth:account=admin\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        List<String> author,
    @Doc("When it was last called.") @Example("2026-11-21T23:50:00.000Z")
        Optional<Instant> lastUsedAt,
    @Doc("How often it was called.") @Example("12") @Range(max = 9007199254740991d)
        Optional<Long> calls,
    Expiring expiring) {}
