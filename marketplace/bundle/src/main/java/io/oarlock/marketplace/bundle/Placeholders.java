package io.oarlock.marketplace.bundle;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a manifest with its placeholders, between a dollar sign with an opening brace and a
 * closing one: {@code parameters.key}, {@code namespace}, {@code installation}, {@code file:path}.
 * A doubled dollar sign before the brace stands for one of the text itself.
 */
final class Placeholders {
  static final String PARAMETER = "parameters.";
  static final String FILE = "file:";
  static final String NAMESPACE = "namespace";
  static final String INSTALLATION = "installation";

  private Placeholders() {}

  /** Text as it stands, or what a placeholder names. */
  sealed interface Part {}

  record Literal(String text) implements Part {}

  record Named(String name) implements Part {}

  /** The parts; an {@link IllegalArgumentException} says that one does not end. */
  static List<Part> parse(String text) {
    var parts = new ArrayList<Part>();
    var literal = new StringBuilder();
    for (var at = 0; at < text.length(); ) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        var end = text.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("A placeholder has no end");
        }
        add(literal, parts);
        parts.add(new Named(text.substring(at + 2, end)));
        at = end + 1;
      } else {
        literal.append(text.charAt(at++));
      }
    }
    add(literal, parts);
    return parts;
  }

  private static void add(StringBuilder literal, List<Part> parts) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
