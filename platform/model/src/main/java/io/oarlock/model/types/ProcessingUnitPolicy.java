package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Resource;
import io.oarlock.model.SelfChecking;
import io.oarlock.model.Violation;
import java.util.List;

@Resource(
    group = "Who may talk to whom",
    aliases = {"pup", "pups"},
    example =
        """
        {
          "name": "no-unknown-images",
          "subject": [["$type=processingunit", "!@app:image"]],
          "action": "Reject"
        }
        """)
@Doc("Says how enforcers treat processing units as such, whatever they talk to.")
public record ProcessingUnitPolicy(
    Meta meta,
    PolicySubject policy,
    @Doc("What happens to the unit.") @Example("Reject") @Default("Default") Action action,
    Propagated propagated,
    Fallback fallback,
    Disableable disableable,
    Scheduled scheduled,
    Expiring expiring)
    implements SelfChecking {

  /** What happens to a unit. */
  public enum Action {
    @Doc("What its enforcer does by itself.")
    DEFAULT,
    @Doc("It may run only under enforcement.")
    ENFORCE,
    @Doc("It is not let start.")
    REJECT,
    @Doc("It is stopped.")
    STOP,
    @Doc("It runs, and what it breaks is logged.")
    LOG_COMPLIANCE
  }

  @Override
  public List<Violation> validate() {
    var rules = new Rules();
    Schedules.check(scheduled, rules);
    return rules.violations();
  }
}
