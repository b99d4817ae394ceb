package io.oarlock.client;

import io.oarlock.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A resource as the platform told it: its tree, and its record.
 *
 * @param <R> the record of its type
 */
public final class Stored<R extends Record> {
  private final Map<String, Object> tree;
  private final Function<Map<String, Object>, R> decoder;

  Stored(Map<String, Object> tree, Function<Map<String, Object>, R> decoder) {
    this.tree = Collections.unmodifiableMap(tree);
    this.decoder = decoder;
  }

  /** All attributes by their names on the wire: {@code Map}, {@code List}, text, numbers, truth. */
  public Map<String, Object> tree() {
    return tree;
  }

  /** What {@link Resources#update} takes after some of it was changed. */
  public Map<String, Object> copy() {
    return new LinkedHashMap<>(tree);
  }

  /**
   * The record of its type.
   *
   * @throws IllegalArgumentException when an attribute is missing that the record must have: of a
   *     list for which only some fields were asked, or of a platform that is older or newer
   */
  public R value() {
    return decoder.apply(tree);
  }

  /** The value of an attribute of the tree; empty when it has none. */
  public Optional<Object> attribute(String name) {
    return Optional.ofNullable(tree.get(name));
  }

  public String id() {
    return text("id");
  }

  /** Empty where the type has no names. */
  public String name() {
    return text("name");
  }

  public String namespace() {
    return text("namespace");
  }

  /** Grows with each write; what {@link WriteOptions#ifVersion} takes. */
  public long version() {
    return Trees.number(tree, "version");
  }

  private String text(String name) {
    return Trees.text(tree, name).orElse("");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stored<?> stored && tree.equals(stored.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }

  /** As JSON. */
  @Override
  public String toString() {
    return Json.text(tree);
  }
}
