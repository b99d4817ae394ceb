package io.oarlock.model;

import java.util.Optional;

/** Knows one syntax of text. */
@FunctionalInterface
public interface TextCheck {

  /** What is wrong with the text; empty when nothing is. */
  Optional<Fault> fault(String text);

  /** The one form in which a text without fault is stored. */
  default String normalise(String text) {
    return text;
  }

  /**
   * What is wrong.
   *
   * @param detail the end of a sentence that starts with the attribute: {@code is not a CIDR: …}
   * @param hint the fix, a sentence
   */
  record Fault(String detail, Optional<String> hint) {
    public static Optional<Fault> of(String detail) {
      return Optional.of(new Fault(detail, Optional.empty()));
    }

    public static Optional<Fault> of(String detail, Optional<String> hint) {
      return Optional.of(new Fault(detail, hint));
    }
  }
}
