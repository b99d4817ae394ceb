package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a command ends without having done what it was asked, told to a person. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exit;
  private final int status;
  private final transient List<String> lines;

  private Failure(int exit, int status, String title, List<String> lines) {
    super(title, null, false, false);
    this.exit = exit;
    this.status = status;
    this.lines = List.copyOf(lines);
  }

  static Failure of(int exit, String title, String... lines) {
    return new Failure(exit, 0, title, List.of(lines));
  }

  static Failure usage(String title, String... lines) {
    return of(Exit.USAGE, title, lines);
  }

  /** The platform's own words: a problem document (RFC 9457), or whatever answered instead. */
  static Failure answered(int status, String reason, Map<String, Object> problem) {
    var title = text(problem, "title").orElse("The server answered " + status + " " + reason);
    var violations = new ArrayList<String>();
    if (problem.get("errors") instanceof List<?> errors) {
      errors.forEach(error -> violation(error, violations));
    }
    var lines = new ArrayList<String>();
    // Of a hook's refusal the detail says which hook it was; elsewhere it repeats the violations.
    if (violations.isEmpty() || "hook-refused".equals(problem.get("code"))) {
      text(problem, "detail").filter(detail -> !detail.equals(title)).ifPresent(lines::add);
    }
    lines.addAll(violations);
    text(problem, "instance").ifPresent(id -> lines.add("request " + id));
    return new Failure(exitOf(status, problem), status, title, lines);
  }

  private static void violation(Object error, List<String> lines) {
    if (!(error instanceof Map<?, ?> violation)) {
      return;
    }
    var attribute = text(violation, "attribute").or(() -> text(violation, "pointer"));
    var detail = text(violation, "detail").or(() -> text(violation, "title")).orElse("");
    lines.add(attribute.filter(a -> !a.isEmpty()).map(a -> "- " + a + ": ").orElse("- ") + detail);
    text(violation, "hint").ifPresent(hint -> lines.add("    " + hint));
  }

  private static Optional<String> text(Map<?, ?> map, String member) {
    return Optional.ofNullable(map.get(member)).map(Object::toString);
  }

  // A hook refuses the object, not the caller: to a script it is a validation.
  private static int exitOf(int status, Map<String, Object> problem) {
    return switch (status) {
      case 401 -> Exit.AUTH;
      case 403 -> "hook-refused".equals(problem.get("code")) ? Exit.CONFLICT : Exit.AUTH;
      case 404 -> Exit.NOT_FOUND;
      case 400, 409, 412, 413, 415, 422 -> Exit.CONFLICT;
      default -> Exit.FAILURE;
    };
  }

  /** The same failure for a command whose exit codes mean something else. */
  Failure withExit(int other) {
    return new Failure(other, status, title(), lines);
  }

  int exit() {
    return exit;
  }

  /** HTTP status of the answer; 0 when no answer is the reason. */
  int status() {
    return status;
  }

  String title() {
    return Optional.ofNullable(getMessage()).orElse("");
  }

  List<String> lines() {
    return lines;
  }
}
