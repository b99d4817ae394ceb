package io.oarlock.enforcer.policy;

import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Observed;

/**
 * Precedence among rules: the first tier with a matching rule decides, up to {@link
 * #FALLBACK_APPLIED_ALLOW}. The tiers after it never decide.
 */
enum Tier {
  REJECT,
  ALLOW,
  APPLIED_REJECT,
  APPLIED_ALLOW,
  FALLBACK_REJECT,
  FALLBACK_ALLOW,
  FALLBACK_APPLIED_REJECT,
  FALLBACK_APPLIED_ALLOW,
  /** Observed without effect: what the rule would have done is told. */
  WATCHED_REJECT,
  WATCHED_ALLOW,
  FALLBACK_WATCHED_REJECT,
  FALLBACK_WATCHED_ALLOW,
  /** Others decide; encryption and logging count. */
  CONTINUE,
  FALLBACK_CONTINUE,
  /** Observed, and would have left the decision to others. */
  IDLE;

  static Tier of(Rule rule) {
    if (rule.action() == Action.CONTINUE) {
      return rule.observed().isPresent() ? IDLE : pick(rule, CONTINUE, FALLBACK_CONTINUE);
    }
    var rejects = rule.action() == Action.REJECT;
    if (rule.observed().isEmpty()) {
      return rejects ? pick(rule, REJECT, FALLBACK_REJECT) : pick(rule, ALLOW, FALLBACK_ALLOW);
    }
    if (rule.observed().get() == Observed.APPLY) {
      return rejects
          ? pick(rule, APPLIED_REJECT, FALLBACK_APPLIED_REJECT)
          : pick(rule, APPLIED_ALLOW, FALLBACK_APPLIED_ALLOW);
    }
    return rejects
        ? pick(rule, WATCHED_REJECT, FALLBACK_WATCHED_REJECT)
        : pick(rule, WATCHED_ALLOW, FALLBACK_WATCHED_ALLOW);
  }

  private static Tier pick(Rule rule, Tier plain, Tier fallback) {
    return rule.fallback() ? fallback : plain;
  }

  boolean isApplied() {
    return switch (this) {
      case APPLIED_REJECT, APPLIED_ALLOW, FALLBACK_APPLIED_REJECT, FALLBACK_APPLIED_ALLOW -> true;
      case REJECT,
          ALLOW,
          FALLBACK_REJECT,
          FALLBACK_ALLOW,
          WATCHED_REJECT,
          WATCHED_ALLOW,
          FALLBACK_WATCHED_REJECT,
          FALLBACK_WATCHED_ALLOW,
          CONTINUE,
          FALLBACK_CONTINUE,
          IDLE ->
          false;
    };
  }
}
