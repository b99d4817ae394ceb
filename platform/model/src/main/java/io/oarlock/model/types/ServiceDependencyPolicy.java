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
    aliases = {"srvdep", "srvdeps"},
    example =
        """
        {"name": "web-uses-shop", "subject": [["app=web"]], "object": [["$name=shop"]]}
        """)
@Doc("Says which processing units may use which services.")
public record ServiceDependencyPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("Tag expression that selects the services.") @Example("[[\"$name=shop\"]]") @Default("[]")
        TagExpression object,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Scheduled scheduled)
    implements SelfChecking {

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    Schedules.check(scheduled, rules);
    return rules.violations();
  }
}
