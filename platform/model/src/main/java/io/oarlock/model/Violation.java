package io.oarlock.model;

import java.util.Optional;

/**
 * One thing wrong with a body.
 *
 * @param code stable, kebab-case: {@code required}, {@code unknown-attribute}, {@code too-long}
 * @param detail the reason and the rule, a sentence
 * @param pointer JSON pointer (RFC 6901) into the body
 * @param hint the fix, when there is one: {@code Did you mean "name"?}
 */
public record Violation(String code, String detail, String pointer, Optional<String> hint) {

  public static Violation of(String code, String detail, String pointer) {
    return new Violation(code, detail, pointer, Optional.empty());
  }

  public Violation withHint(String text) {
    return new Violation(code, detail, pointer, Optional.of(text));
  }

  /** The pointer in dotted form: {@code trigger.cron}. */
  public String attribute() {
    return pointer.isEmpty()
        ? ""
        : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
  }
}
