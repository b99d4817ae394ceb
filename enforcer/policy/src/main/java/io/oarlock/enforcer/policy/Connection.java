package io.oarlock.enforcer.policy;

import java.time.Instant;
import java.util.Set;

/**
 * A connection somebody wants.
 *
 * @param subject normalised tags of the end that opens it
 * @param object normalised tags of the end that is asked
 * @param at when, for policies that are in force at times
 */
public record Connection(Set<String> subject, Set<String> object, Traffic traffic, Instant at) {
  public Connection {
    subject = Set.copyOf(subject);
    object = Set.copyOf(object);
  }
}
