package io.oarlock.model.types;

import io.oarlock.model.Doc;

/** Whether policies are enforced. */
public enum EnforcementStatus {
  @Doc("They are not.")
  INACTIVE,
  @Doc("They are.")
  ACTIVE,
  @Doc("They should be and cannot.")
  FAILED
}
