package io.oarlock.model.types;

import io.oarlock.model.Doc;

/** What happens to traffic that no policy decides. */
public enum TrafficAction {
  @Doc("It passes.")
  ALLOW,
  @Doc("It is refused.")
  REJECT,
  @Doc("What the parent namespace says; the root says Reject.")
  INHERIT
}
