package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Matches;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.TagExpression;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Set;

@Resource(
    group = "Who may talk to whom",
    aliases = {"usrpol", "usrpols"},
    example =
        """
        {
          "name": "ops-log-in",
          "subject": [["@auth:realm=oidc", "@auth:group=ops"]],
          "object": [["$type=enforcer"]],
          "allowedSudoUsers": ["root"]
        }
        """)
@Doc("Says which users may log in to which hosts, and become whom there.")
public record UserAccessPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Tag expression that selects the hosts.") @Example("[[\"env=prod\"]]") @Default("[]")
        TagExpression object,
    @Doc("Users they may become by sudo.")
        @Example("[\"root\"]")
        @Matches(
            value = "[^\\s:/]{1,64}",
            message = "A user name has 1 to 64 characters without spaces, : and /")
        @Size(max = 64)
        Set<String> allowedSudoUsers,
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
