package io.oarlock.model;

/**
 * A declaration that breaks a rule of the model.
 *
 * @param type the record or resource type
 * @param component the component, dotted when nested; empty for the type itself
 * @param rule what does not hold
 * @param fix what to write instead
 */
public record ModelViolation(String type, String component, String rule, String fix) {
  @Override
  public String toString() {
    return type + (component.isEmpty() ? "" : "." + component) + ": " + rule + " → " + fix;
  }
}
