package io.oarlock.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a record as a resource type. The record's components are its attributes; a component of
 * a type marked {@link Flattened} contributes its own components instead.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Resource {
  /** Singular; by default the record's simple name in lower case. */
  String name() default "";

  /** By default the name with s, or ies for a final y. */
  String plural() default "";

  /** Heading in the docs. */
  String group();

  /** Short names for the command line. */
  String[] aliases() default {};

  /** What callers may do; by default everything. */
  Operation[] operations() default {
    Operation.CREATE,
    Operation.GET,
    Operation.LIST,
    Operation.COUNT,
    Operation.UPDATE,
    Operation.PATCH,
    Operation.DELETE
  };

  /** Indexes beyond those of the flags: comma-separated attributes, {@code unique:} in front. */
  String[] indexes() default {};

  /** False for types that are requests and are never stored. */
  boolean stored() default true;

  /** ISO 8601 duration after which a resource is removed; empty for never. */
  String retention() default "";

  /** A whole valid create body in JSON. */
  String example();
}
