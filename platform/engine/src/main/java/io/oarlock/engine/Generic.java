package io.oarlock.engine;

import io.oarlock.model.Attribute;
import io.oarlock.model.ResourceType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every type gets that asks for nothing special. */
final class Generic {
  static final Processor PROCESSOR = new Processor() {};

  private Generic() {}

  /** The resource without what is never stored. */
  static Map<String, Object> storable(ResourceType type, Map<String, Object> resource) {
    var kept = new LinkedHashMap<>(resource);
    for (var attribute : type.attributes()) {
      if (attribute.is(Attribute.Flag.TRANSIENT)) {
        kept.remove(attribute.name());
      }
    }
    return kept;
  }
}
