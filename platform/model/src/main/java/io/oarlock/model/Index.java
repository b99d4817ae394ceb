package io.oarlock.model;

import java.util.List;

/**
 * An index that a store keeps for a type: ordered by namespace, then by the attributes. Attributes
 * holding a list have one entry for each element.
 *
 * @param attributes paths of attributes, in order
 * @param unique whether two resources of one namespace may not have the same values
 */
public record Index(List<String> attributes, boolean unique) {
  public Index {
    attributes = List.copyOf(attributes);
  }
}
