package io.oarlock.model;

/** A meaning that several resource types share, each with its attributes (see TraitRecords). */
public enum Trait {
  /** Stored like any resource; absent on types that are pure requests (issue, apicheck). */
  STORED,
  /** Seen and, for policies, applied in the namespaces below when {@code propagate} is true. */
  PROPAGATED,
  /** Ignored while {@code disabled} is true. */
  DISABLEABLE,
  /** Deleted at {@code expirationTime}. */
  EXPIRING,
  /** In force only from each tick of {@code activeSchedule} for {@code activeDuration}. */
  SCHEDULED,
  /** Counts only where nothing else resolved. */
  FALLBACK,
  /** A policy: subject, verb, object. */
  POLICY
}
