package io.oarlock.model;

import java.util.List;
import java.util.Optional;

/**
 * A refusal, told so that its reader can act: the reason, the rule and the fix. The HTTP edge turns
 * it into a problem document (RFC 9457) in one place.
 */
public sealed class Problem extends RuntimeException permits FilterException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as a closed list; each has one HTTP status. */
  public enum Kind {
    MALFORMED(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    TIMED_OUT(408),
    CONFLICT(409),
    STALE(412),
    TOO_LARGE(413),
    URL_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    INVALID(422),
    TOO_MANY(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL(500),
    UNAVAILABLE(503),
    OUT_OF_SPACE(507);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final String code;
  private final String title;
  private final transient List<Violation> violations;

  /**
   * A problem.
   *
   * @param code stable, kebab-case, the last part of its documentation URL
   * @param title the same for every problem of that code
   * @param detail what happened this time and how to mend it
   */
  public Problem(Kind kind, String code, String title, String detail, List<Violation> violations) {
    super(detail, null, false, false);
    this.kind = kind;
    this.code = code;
    this.title = title;
    this.violations = List.copyOf(violations);
  }

  public Kind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return Optional.ofNullable(getMessage()).orElse(title);
  }

  public List<Violation> violations() {
    return violations;
  }

  /** Everything wrong with a body, all at once. */
  public static Problem invalid(List<Violation> violations) {
    var count = violations.size() == 1 ? "1 problem" : violations.size() + " problems";
    var first = violations.isEmpty() ? "" : ": " + violations.getFirst().detail();
    return new Problem(
        Kind.INVALID, "validation", "The object is not valid", count + first, violations);
  }

  public static Problem malformed(String detail) {
    return new Problem(
        Kind.MALFORMED, "malformed", "The request cannot be read", detail, List.of());
  }

  public static Problem unauthenticated(String code, String detail) {
    return new Problem(Kind.UNAUTHENTICATED, code, "Who are you?", detail, List.of());
  }

  public static Problem forbidden(String code, String detail) {
    return new Problem(Kind.FORBIDDEN, code, "Not allowed", detail, List.of());
  }

  public static Problem notFound(String detail) {
    return new Problem(Kind.NOT_FOUND, "not-found", "Not found", detail, List.of());
  }

  public static Problem conflict(String code, String detail) {
    return new Problem(Kind.CONFLICT, code, "Conflict", detail, List.of());
  }

  public static Problem stale(String detail) {
    return new Problem(
        Kind.STALE, "stale", "The resource has changed since it was read", detail, List.of());
  }

  public static Problem tooLarge(String detail) {
    return new Problem(Kind.TOO_LARGE, "too-large", "Too large", detail, List.of());
  }

  public static Problem tooMany(String code, String detail) {
    return new Problem(Kind.TOO_MANY, code, "Too many", detail, List.of());
  }

  public static Problem unavailable(String code, String detail) {
    return new Problem(Kind.UNAVAILABLE, code, "Not available now", detail, List.of());
  }
}
