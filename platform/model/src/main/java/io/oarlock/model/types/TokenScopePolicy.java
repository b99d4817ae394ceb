package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Size;
import io.oarlock.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

@Resource(
    group = "Who may talk to whom",
    aliases = {"tsp"},
    example =
        """
        {
          "name": "web-calls-payments",
          "subject": [["app=web"]],
          "assignedScopes": ["payments:write"],
          "assignedAudience": "https://payments.example.com"
        }
        """)
@Doc(
    "Says which scopes and which audience the token of a processing unit has at "
        + "services of others.")
public record TokenScopePolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Scopes the token gets.") @Example("[\"payments:write\"]") @Size(max = 64)
        Set<String> assignedScopes,
    @Doc("Audience the token gets when none is asked for.")
        @Example("https://payments.example.com")
        @Size(max = 1024)
        Optional<String> assignedAudience,
    @Doc("Audiences that may be asked for; any when empty.")
        @Example("[\"https://payments.example.com\"]")
        @Size(max = 64)
        Set<String> allowedAudiences,
    @Doc("Claims of the caller that are copied into the token.")
        @Example("[\"email\"]")
        @Size(max = 64)
        Set<String> inheritedClaimKeys,
    Propagated propagated,
    Fallback fallback,
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
