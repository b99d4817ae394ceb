package io.oarlock.model;

import java.util.List;
import java.util.stream.Collectors;

/** Declarations that break the rules of the model, all of them at once. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ModelViolation> violations;

  ModelException(List<ModelViolation> violations) {
    super(
        violations.size()
            + " violations of the rules of the model:\n"
            + violations.stream().map(each -> "  " + each).collect(Collectors.joining("\n")));
    this.violations = List.copyOf(violations);
  }

  public List<ModelViolation> violations() {
    return violations;
  }
}
