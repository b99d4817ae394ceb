package io.oarlock.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The keys of a map: how long they are, and their syntax. Every map says one or the other. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Keys {
  /** Longest key, in UTF-16 units; 0 for a format with a bound of its own. */
  int max() default 0;

  TextFormat format() default TextFormat.PLAIN;

  /** A regular expression that the whole key matches; anything when empty. */
  String pattern() default "";

  /** What to say of a key that does not match. */
  String message() default "";
}
