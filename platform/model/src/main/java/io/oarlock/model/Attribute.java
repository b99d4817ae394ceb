package io.oarlock.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * One attribute of a resource type, as everything outside the model sees it: language-neutral, so
 * that a type shipped as data looks the same as one declared by a record.
 *
 * @param name the JSON member, camelCase
 * @param type what values it takes, with their bounds
 * @param label the words shown in forms and tables
 * @param doc one sentence or more, ending with a full stop
 * @param example a value in tree form that passes this attribute's own validation
 * @param defaultValue the value in tree form a create without this attribute gets
 * @param required whether a create without it is refused
 * @param flags what may be done with it
 */
public record Attribute(
    String name,
    ValueType type,
    String label,
    String doc,
    Optional<Object> example,
    Optional<Object> defaultValue,
    boolean required,
    Set<Flag> flags) {

  /** What may be done with an attribute; no flag means readable, writable and stored. */
  public enum Flag {
    /** Written by the platform only; a caller's value equal to the stored one is ignored. */
    READ_ONLY,
    /** Settable at creation only. */
    IMMUTABLE,
    /** Encrypted at rest and masked in every answer, event and log. */
    SECRET,
    /** In the answer of the write that made it, never again. */
    SHOWN_ONCE,
    /** Stored, never shown. */
    HIDDEN,
    /** Accepted from callers or shown to them, never stored. */
    TRANSIENT,
    /** Has an index, so that filters on it do not scan. */
    FILTERABLE,
    /** Lists can be ordered by it. */
    ORDERABLE,
    /** Unique within a namespace among resources of its type. */
    UNIQUE,
    /** Source code: shown in an editor. */
    CODE
  }

  public Attribute {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    flags = Set.copyOf(flags);
  }

  /** Whether the flag is set. */
  public boolean is(Flag flag) {
    return flags.contains(flag);
  }
}
