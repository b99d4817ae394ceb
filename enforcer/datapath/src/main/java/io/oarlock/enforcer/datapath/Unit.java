package io.oarlock.enforcer.datapath;

import java.util.Set;

/**
 * A processing unit of this host.
 *
 * @param id its identifier, the same wherever it is told of
 * @param tags normalised tags policies match, from sources the unit cannot forge
 */
public record Unit(String id, Set<String> tags) {
  public Unit {
    tags = Set.copyOf(tags);
  }
}
