package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.TagExpression;
import io.oarlock.model.Violation;
import java.util.List;

@Resource(
    group = "Who may talk to whom",
    aliases = {"secretpol", "secretpols"},
    example =
        """
        {
          "name": "web-gets-db-password",
          "subject": [["app=web"]],
          "object": [["$name=db-password"]]
        }
        """)
@Doc("Says which processing units may be given which secrets.")
public record SecretAccessPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Tag expression that selects the secrets.")
        @Example("[[\"$name=db-password\"]]")
        @Default("[]")
        TagExpression object,
    @Doc("Writes a log line for each read it decides.") @Example("true") boolean logsEnabled,
    Propagated propagated,
    Disableable disableable,
    Scheduled scheduled,
    Expiring expiring)
    implements SelfChecking {

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    Schedules.check(scheduled, rules);
    return rules.violations();
  }
}
