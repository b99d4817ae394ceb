package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Filterable;
import io.oarlock.model.Format;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.TextFormat;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Set;

@Resource(
    group = "Who may talk to whom",
    aliases = {"netpol", "netpols"},
    example =
        """
        {
          "name": "web-to-db",
          "subject": [["app=web"]],
          "object": [["app=db"]],
          "ports": ["tcp/5432"],
          "action": "Allow"
        }
        """)
@Doc(
    "Says which processing units may open connections to which, and to which "
        + "external networks. Reject beats Allow wherever it stands in the tree.")
public record NetworkAccessPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Tag expression that selects the receiving side; an empty one selects nothing.")
        @Example("[[\"app=db\", \"env=prod\"]]")
        @Default("[]")
        TagExpression object,
    @Doc("What happens to a connection from the subject to the object.")
        @Example("Allow")
        @Default("Allow")
        @Filterable
        Action action,
    @Doc("Which side the policy programs.") @Example("Bidirectional") @Default("Bidirectional")
        Direction applyPolicyMode,
    @Doc("Protocols and ports it is about, such as tcp/443 or udp/1000:2000; any when empty.")
        @Example("[\"tcp/443\", \"udp/53\"]")
        @Format(TextFormat.PORTS)
        @Size(max = 256)
        Set<String> ports,
    @Doc("Selects everything the subject does not match.") @Example("false") boolean negateSubject,
    @Doc("Selects everything the object does not match.") @Example("false") boolean negateObject,
    @Doc("Reports what the policy would have done instead of doing it.") @Example("false")
        boolean observationEnabled,
    @Doc("What an observed policy does with the connection.")
        @Example("Continue")
        @Default("Continue")
        Observed observedTrafficAction,
    @Doc("Encrypts the connections it allows.") @Example("true") boolean encryptionEnabled,
    @Doc("Writes a log line for each connection it decides.") @Example("true") boolean logsEnabled,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Scheduled scheduled,
    Expiring expiring)
    implements SelfChecking {

  /** What happens to a connection. */
  public enum Action {
    @Doc("It passes.")
    ALLOW,
    @Doc("It is refused.")
    REJECT,
    @Doc("Other policies decide; encryption and logging of this one count all the same.")
    CONTINUE
  }

  /** Which side is programmed. */
  public enum Direction {
    @Doc("Both sides.")
    BIDIRECTIONAL,
    @Doc("The receiving side alone.")
    INCOMING_TRAFFIC,
    @Doc("The initiating side alone.")
    OUTGOING_TRAFFIC
  }

  /** What an observed policy does. */
  public enum Observed {
    @Doc("Reports and leaves the decision to other policies.")
    CONTINUE,
    @Doc("Decides, and marks the flow as observed.")
    APPLY
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    rules.refuseIf(
        ports.contains("any") && ports.size() > 1,
        "ports",
        "any-not-alone",
        "The word any already covers every protocol and port, so nothing may stand " + "beside it.",
        "Remove any or the other ports.");
    Schedules.check(scheduled, rules);
    return rules.violations();
  }
}
