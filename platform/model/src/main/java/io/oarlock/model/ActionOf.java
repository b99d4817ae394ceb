package io.oarlock.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares an action of a resource type, see {@link Action}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(ActionOf.All.class)
public @interface ActionOf {
  String name();

  String method() default "POST";

  String doc();

  boolean onType() default false;

  Operation permission() default Operation.UPDATE;

  /** A record that describes the body; {@code Void} for none. */
  Class<?> input() default Void.class;

  /** A record that describes the answer; {@code Void} for a free-form answer. */
  Class<?> output() default Void.class;

  /** Container of repeated actions. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    ActionOf[] value();
  }
}
