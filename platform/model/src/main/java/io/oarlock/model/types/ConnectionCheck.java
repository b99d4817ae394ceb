package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Format;
import io.oarlock.model.Keys;
import io.oarlock.model.Label;
import io.oarlock.model.Operation;
import io.oarlock.model.Range;
import io.oarlock.model.ReadOnly;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Who may talk to whom",
    stored = false,
    operations = {Operation.CREATE},
    example =
        """
        {
          "source": {"unit": "frontend"},
          "destination": {"tags": ["app=myapp", "role=database"]},
          "port": 5432
        }
        """)
@Doc(
    "Tells what both ends would decide of a connection between two units of the namespace, by which "
        + "policy, and how little would let it pass. Nothing is connected and nothing changed.")
public record ConnectionCheck(
    @Doc("What would open the connection.") @Example("{\"unit\": \"frontend\"}") Party source,
    @Doc("What would be asked for it.") @Example("{\"tags\": [\"role=database\"]}")
        Party destination,
    @Doc(
            "TCP port; when absent, of the ports that policies name, the one for which least is missing.")
        @Example("5432")
        @Range(min = 1, max = 65535)
        Optional<Integer> port,
    @Doc("What becomes of the connection.") @Example("Reject") @ReadOnly
        Optional<Flow.Decision> decision,
    @Doc("What the end decides that opens it.") @ReadOnly Optional<Answer> initiator,
    @Doc("What the end decides that is asked for it.") @ReadOnly Optional<Answer> receiver,
    @Doc("What would have to change, all of it, for the connection to pass.")
        @Size(max = 64)
        @ReadOnly
        List<Change> changes,
    @Doc("Identifier of the policy that would allow it then.")
        @Example("6741f3a2c0de4b0f8a1d2e3f")
        @Size(max = 256)
        @ReadOnly
        @Label("Allowing policy ID")
        Optional<String> allowingPolicyId,
    @Doc("Name of that policy.") @Example("front-to-back") @Size(max = 256) @ReadOnly
        Optional<String> allowingPolicyName)
    implements SelfChecking {

  /** An end: a unit that is known, or tags that one would have. */
  public record Party(
      @Doc("Name or identifier of a processing unit of the namespace.")
          @Example("frontend")
          @Size(min = 1, max = 300)
          Optional<String> unit,
      @Doc("Tags a unit would have, in place of a unit.")
          @Example("[\"app=myapp\", \"role=frontend\"]")
          @Format(TextFormat.TAG)
          @Size(max = 256)
          Set<String> tags) {}

  /** What one end decides. */
  public record Answer(
      @Doc("What it decides.") @Example("Reject") Flow.Decision decision,
      @Doc("Identifier of the policy that decides; absent when the default does.")
          @Example("6741f3a2c0de4b0f8a1d2e3f")
          @Size(max = 256)
          @Label("Policy ID")
          Optional<String> policyId,
      @Doc("Name of that policy.") @Example("front-to-back") @Size(max = 256)
          Optional<String> policyName,
      @Doc("The decision in words.")
          @Example("rejected: no policy matches, the default decides")
          @Size(max = 512)
          String reason) {}

  /** One thing to change. */
  public record Change(
      @Doc("What to do.") @Example("AddTag") Kind kind,
      @Doc("The same in words.")
          @Example("give the receiver the tag role=database")
          @Size(max = 16384)
          String text,
      @Doc("Which end gets or loses the tag.") @Example("Receiver") Optional<Flow.End> end,
      @Doc("The tag.") @Example("role=database") @Format(TextFormat.TAG) @Size(max = 1024)
          Optional<String> tag,
      @Doc("Identifier of the policy to change.")
          @Example("6741f3a2c0de4b0f8a1d2e3f")
          @Size(max = 256)
          @Label("Policy ID")
          Optional<String> policyId,
      @Doc("Name of the policy to change.") @Example("front-to-back") @Size(max = 256)
          Optional<String> policyName,
      @Doc("The policy to add, as it would be created.")
          @Example("{\"name\": \"frontend-to-database\", \"subject\": [[\"role=frontend\"]]}")
          @Size(max = 65536)
          @Keys(max = 64)
          Map<String, Object> policy) {}

  /** What can be done. */
  public enum Kind {
    @Doc("Give an end a tag.")
    ADD_TAG,
    @Doc("Take a tag from an end.")
    REMOVE_TAG,
    @Doc("Let a policy speak of the port.")
    OPEN_PORT,
    @Doc("Let a policy be in force now.")
    EXTEND,
    @Doc("Let a policy program both ends.")
    PROGRAM_BOTH_SIDES,
    @Doc("Take a policy away, or let it select less.")
    REMOVE_POLICY,
    @Doc("Write a new policy.")
    ADD_POLICY
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    check("source", source, rules);
    check("destination", destination, rules);
    return rules.violations();
  }

  private static void check(String name, Party party, Rules rules) {
    rules.refuseIf(
        party.unit().isPresent() != party.tags().isEmpty(),
        name,
        "unit-or-tags",
        "An end is either a unit or a list of tags.",
        "Give unit or tags.");
  }
}
