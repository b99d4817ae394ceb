package io.oarlock.client;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The platform refused (RFC 9457). The message says all that was wrong; there is a class for each
 * status that means something of its own.
 */
public abstract sealed class ProblemException extends OarlockException {
  private static final long serialVersionUID = 1L;

  /** Of an answer that is no problem document, as proxies give. */
  private static final int DETAIL_CHARACTERS = 500;

  private final transient Document document;

  private ProblemException(Document document) {
    super(document.told(), null);
    this.document = document;
  }

  /** 400: the request could not be read: JSON, a filter, a parameter nobody knows. */
  public static final class Malformed extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Malformed(Document document) {
      super(document);
    }
  }

  /** 401: no token, or one that is expired, revoked, not of this platform. */
  public static final class Unauthenticated extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Unauthenticated(Document document) {
      super(document);
    }
  }

  /** 403: not allowed, or refused by a hook: its code is {@code hook-refused} then. */
  public static final class Forbidden extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Forbidden(Document document) {
      super(document);
    }
  }

  /** 404: not there, or not yours. */
  public static final class NotFound extends ProblemException {
    private static final long serialVersionUID = 1L;

    private NotFound(Document document) {
      super(document);
    }
  }

  /** 409: in the way of something that exists. */
  public static final class Conflict extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Conflict(Document document) {
      super(document);
    }
  }

  /** 412: it changed since the version that was read. */
  public static final class Stale extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Stale(Document document) {
      super(document);
    }
  }

  /** 413: larger than the platform takes. */
  public static final class TooLarge extends ProblemException {
    private static final long serialVersionUID = 1L;

    private TooLarge(Document document) {
      super(document);
    }
  }

  /** 422: the object is not valid; {@link #violations} has all that is wrong. */
  public static final class Invalid extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Invalid(Document document) {
      super(document);
    }
  }

  /** 429: too often, also after the retries. */
  public static final class TooMany extends ProblemException {
    private static final long serialVersionUID = 1L;

    private TooMany(Document document) {
      super(document);
    }
  }

  /** 503: not now, also after the retries. */
  public static final class Unavailable extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Unavailable(Document document) {
      super(document);
    }
  }

  /** Any other status. */
  public static final class Other extends ProblemException {
    private static final long serialVersionUID = 1L;

    private Other(Document document) {
      super(document);
    }
  }

  /** The exception for an answer; what a proxy said in other words is made a problem too. */
  static ProblemException of(int status, String body, String requestId) {
    var document = Document.of(status, body, requestId);
    return switch (status) {
      case 400 -> new Malformed(document);
      case 401 -> new Unauthenticated(document);
      case 403 -> new Forbidden(document);
      case 404 -> new NotFound(document);
      case 409 -> new Conflict(document);
      case 412 -> new Stale(document);
      case 413 -> new TooLarge(document);
      case 422 -> new Invalid(document);
      case 429 -> new TooMany(document);
      case 503 -> new Unavailable(document);
      default -> new Other(document);
    };
  }

  /** Stable, kebab-case: {@code validation}, {@code stale}, {@code hook-refused}. */
  public String code() {
    return document.code();
  }

  /** HTTP status. */
  public int status() {
    return document.status();
  }

  /** The same for every problem of that code. */
  public String title() {
    return document.title();
  }

  /** What happened this time, and the way out. */
  public String detail() {
    return document.detail();
  }

  /** Id of the request: the audit trail has it too. */
  public String requestId() {
    return document.requestId();
  }

  /** Each single thing that is wrong, not only the first. */
  public List<Violation> violations() {
    return document.violations();
  }

  private record Document(
      int status,
      String code,
      String title,
      String detail,
      String requestId,
      List<Violation> violations) {

    static Document of(int status, String body, String requestId) {
      var tree = parsed(body);
      var shown = body.substring(0, Math.min(body.length(), DETAIL_CHARACTERS));
      var otherwise =
          tree.isPresent() ? "no detail given" : shown.isEmpty() ? "an empty answer" : shown;
      var told = tree.orElse(Map.of());
      return new Document(
          status,
          Trees.text(told, "code").orElse("http-" + status),
          Trees.text(told, "title").orElse("HTTP " + status),
          Trees.text(told, "detail").orElse(otherwise),
          Trees.text(told, "instance").orElse(requestId),
          violations(told.get("errors") instanceof List<?> errors ? errors : List.of()));
    }

    private static Optional<Map<String, Object>> parsed(String body) {
      try {
        return Optional.of(Json.parseObject(body));
      } catch (JsonException _) {
        return Optional.empty();
      }
    }

    private static List<Violation> violations(List<?> errors) {
      var violations = new ArrayList<Violation>();
      for (var error : errors) {
        if (error instanceof Map<?, ?> tree) {
          violations.add(
              new Violation(
                  Trees.text(tree, "code").orElse(""),
                  Trees.text(tree, "detail").orElse(""),
                  Trees.text(tree, "pointer").orElse(""),
                  Trees.text(tree, "hint")));
        }
      }
      return List.copyOf(violations);
    }

    String told() {
      var all =
          violations.stream()
              .map(each ->
                  "\n  "
                      + (each.attribute().isEmpty() ? "" : each.attribute() + ": ")
                      + each.detail()
                      + each.hint().map(hint -> " (" + hint + ")").orElse(""))
              .collect(Collectors.joining());
      return title + ": " + detail + (violations.size() > 1 ? all : "");
    }
  }
}
