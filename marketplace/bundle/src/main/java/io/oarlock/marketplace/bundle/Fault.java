package io.oarlock.marketplace.bundle;

import io.oarlock.model.Violation;

/**
 * One thing wrong with a bundle.
 *
 * @param code stable, kebab-case: {@code path-parent}, {@code bomb}, {@code signature-wrong}
 * @param where the file, or the pointer into app.yaml; empty for the bundle as a whole
 * @param reason what is wrong and against which rule, a sentence
 * @param fix what to do about it, a sentence
 */
public record Fault(String code, String where, String reason, String fix) {

  static Fault of(String code, String reason, String fix) {
    return new Fault(code, "", reason, fix);
  }

  static Fault of(Violation violation) {
    return new Fault(
        violation.code(),
        Bundle.MANIFEST + violation.pointer(),
        violation.detail(),
        violation.hint().orElse("Correct it in " + Bundle.MANIFEST + "."));
  }

  /** On one line. */
  public String text() {
    return (where.isEmpty() ? "" : where + ": ") + reason + " " + fix;
  }
}
