package io.oarlock.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resource types of one platform, immutable. */
public final class ResourceModel {
  private final Map<String, ResourceType> byName = new LinkedHashMap<>();
  private final Map<String, ResourceType> byAnyName = new LinkedHashMap<>();

  /** Types in the order of the reference docs. */
  public ResourceModel(List<ResourceType> types) {
    for (var type : types) {
      if (byName.putIfAbsent(type.name(), type) != null) {
        throw new IllegalArgumentException("Type " + type.name() + " is declared twice");
      }
      claim(type.name(), type);
      claim(type.plural(), type);
      type.aliases().forEach(alias -> claim(alias, type));
    }
  }

  private void claim(String word, ResourceType type) {
    var other = byAnyName.putIfAbsent(word, type);
    if (other != null && !other.equals(type)) {
      throw new IllegalArgumentException(
          "Word " + word + " names both " + other.name() + " and " + type.name());
    }
  }

  /** All types, in declaration order. */
  public Collection<ResourceType> types() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The type with that singular name. */
  public Optional<ResourceType> type(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The type with that singular name, which is known to be there. */
  public ResourceType require(String name) {
    var type = byName.get(name);
    if (type == null) {
      throw new IllegalArgumentException("No resource type " + name);
    }
    return type;
  }

  /** The type a person means: singular, plural or alias. */
  public Optional<ResourceType> find(String word) {
    return Optional.ofNullable(byAnyName.get(word));
  }

  /** Every word {@link #find} knows, for suggestions. */
  public Collection<String> words() {
    return Collections.unmodifiableCollection(byAnyName.keySet());
  }
}
