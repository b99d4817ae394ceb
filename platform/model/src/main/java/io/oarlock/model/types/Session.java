package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Operation;
import io.oarlock.model.Resource;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "Who",
    operations = {Operation.GET, Operation.LIST, Operation.COUNT, Operation.DELETE},
    retention = "PT2160H",
    example =
        """
        {
          "tokenId": "01JD8Z3N7QX5",
          "realm": "Account",
          "claims": ["@auth:realm=account", "@auth:account=alice"],
          "issuedAt": "2026-11-21T23:50:00.000Z",
          "expiresAt": "2026-11-22T00:50:00.000Z",
          "source": "10.1.2.3"
        }
        """)
@Doc("A token that was issued, without the token itself. Deleting it revokes the token.")
public record Session(
    RecordMeta meta,
    @Doc("Identifier (jti) of the token.") @Example("01JD8Z3N7QX5") @Size(max = 128) @Filterable
        String tokenId,
    @Doc("How its holder proved who they are.") @Example("Account") @Filterable Realm realm,
    @Doc("Claims in the token, as policies match them.")
        @Example("[\"@auth:realm=account\", \"@auth:account=alice\"]")
        @Format(TextFormat.TAG)
        @Size(max = 64)
        @Filterable
        List<String> claims,
    @Doc("When the token was issued.") @Example("2026-11-21T23:50:00.000Z") Instant issuedAt,
    @Doc("When the token ceases to be valid.") @Example("2026-11-22T00:50:00.000Z")
        Instant expiresAt,
    @Doc("Address it was asked for from.") @Example("10.1.2.3") @Size(max = 64)
        Optional<String> source) {}
