package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Operation;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

@Resource(
    group = "Who",
    operations = {
      Operation.CREATE,
      Operation.GET,
      Operation.LIST,
      Operation.COUNT,
      Operation.DELETE
    },
    example =
        """
        {
          "subject": [["@auth:realm=account", "@auth:account=alice"]],
          "issuedBefore": "2026-11-21T23:50:00.000Z",
          "reason": "Her laptop was stolen."
        }
        """)
@Doc(
    "Makes tokens invalid before they expire: a single one, or all issued to a "
        + "subject before a moment. It counts in its namespace and below.")
public record Revocation(
    RecordMeta meta,
    @Doc("Identifier (jti) of the token.") @Example("01JD8Z3N7QX5") @Size(max = 128) @Filterable
        Optional<String> tokenId,
    @Doc("Tag expression over the claims of the tokens.")
        @Example("[[\"@auth:realm=account\", \"@auth:account=alice\"]]")
        Optional<TagExpression> subject,
    @Doc("Tokens of the subject issued before this moment are meant; now when absent.")
        @Example("2026-11-21T23:50:00.000Z")
        Optional<Instant> issuedBefore,
    @Doc("Why, in words.") @Example("Her laptop was stolen.") @Size(max = 1024)
        Optional<String> reason,
    Expiring expiring)
    implements SelfChecking {

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.refuseIf(
        tokenId.isPresent() == subject.isPresent(),
        "tokenId",
        "one-of",
        "A revocation means either one token, by tokenId, or the tokens of a subject.",
        "Give exactly one of tokenId and subject.");
    return rules.violations();
  }
}
