package io.oarlock.model;

import org.jspecify.annotations.Nullable;

/** A {@link ValueType} made ready to check values: maps built, patterns compiled. */
interface Rule {

  /**
   * Reports all that is wrong with a value.
   *
   * @param stored the value that is stored in its place, if any
   */
  void check(Object value, @Nullable Object stored, Findings findings);

  /**
   * The form in which a value without violations is kept: text normalised, defaults filled in,
   * members in the order of the model, and what callers cannot write taken from what is stored.
   */
  Object complete(Object value, @Nullable Object stored, Validator.Mode mode);
}
