package io.oarlock.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Objects in tree form, member by member. */
final class Tree {
  private final Map<String, Object> members = new LinkedHashMap<>();

  static Tree of(String name, Object value) {
    return new Tree().put(name, value);
  }

  Tree put(String name, Object value) {
    members.put(name, value instanceof Tree tree ? tree.map() : value);
    return this;
  }

  Tree put(String name, Optional<?> value) {
    value.ifPresent(present -> put(name, (Object) present));
    return this;
  }

  Tree putAll(Map<String, Object> others) {
    members.putAll(others);
    return this;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(members);
  }

  /** A reference to a shared part of an OpenAPI document. */
  static Map<String, Object> ref(String kind, String name) {
    return Map.of("$ref", "#/components/" + kind + "/" + name);
  }
}
