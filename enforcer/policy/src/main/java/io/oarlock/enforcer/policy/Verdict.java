package io.oarlock.enforcer.policy;

import io.oarlock.model.types.NetworkAccessPolicy.Action;
import java.util.Optional;

/**
 * What one side decided, and by which rule.
 *
 * @param rule identifier of the deciding rule; empty when none matched and the default decided
 * @param observed the rule is being observed: it decided, and the flow is marked
 * @param encrypt the bytes must be encrypted; only of what is allowed
 * @param log the connection gets a log line
 * @param watched what a rule observed without effect would have done
 */
public record Verdict(
    boolean allowed,
    Optional<String> rule,
    boolean observed,
    boolean encrypt,
    boolean log,
    Optional<Watched> watched) {

  /** What a rule would have done if it were enforced. */
  public record Watched(String rule, Action action) {}

  /** For people: what was decided, and why. */
  public String reason() {
    return (allowed ? "allowed" : "rejected")
        + rule.map(id -> " by the policy " + id).orElse(": no policy matches, the default decides");
  }
}
