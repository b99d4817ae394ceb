package io.oarlock.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a validation has found so far, and where it stands. */
final class Findings {
  /** Violations reported at most: a caller mends what is told before asking for more. */
  static final int VIOLATIONS_MAX = 100;

  private final Validator.Mode mode;
  private final List<Violation> found = new ArrayList<>();
  private Object[] path = new Object[16];
  private int depth;

  Findings(Validator.Mode mode) {
    this.mode = mode;
  }

  Validator.Mode mode() {
    return mode;
  }

  /** Steps into a member (text) or an element (number). */
  void enter(Object segment) {
    if (depth == path.length) {
      path = Arrays.copyOf(path, depth * 2);
    }
    path[depth++] = segment;
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  boolean isFull() {
    return found.size() >= VIOLATIONS_MAX;
  }

  int count() {
    return found.size();
  }

  List<Violation> found() {
    return List.copyOf(found);
  }

  /** Adds a violation of the value where it stands; the rest is the end of a sentence. */
  void add(String code, String rest) {
    add(code, rest, Optional.empty());
  }

  void add(String code, String rest, Optional<String> hint) {
    if (!isFull()) {
      found.add(new Violation(code, subject() + " " + rest, pointer(), hint));
    }
  }

  void wrongType(String expected, Object value) {
    add("wrong-type", "is " + Trees.kind(value) + "; " + expected + " is expected");
  }

  /** The attribute in dotted form: {@code trigger.cron}, {@code ports[2]}. */
  private String subject() {
    var text = new StringBuilder();
    for (var i = 0; i < depth; i++) {
      if (path[i] instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(i == 0 ? "" : ".").append(path[i]);
      }
    }
    return text.isEmpty() ? "The value" : text.toString();
  }

  private String pointer() {
    var text = new StringBuilder();
    for (var i = 0; i < depth; i++) {
      text.append('/').append(path[i].toString().replace("~", "~0").replace("/", "~1"));
    }
    return text.toString();
  }
}
