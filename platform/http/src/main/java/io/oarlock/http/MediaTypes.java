package io.oarlock.http;

import io.oarlock.model.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which bodies are read and which answers are wanted. */
final class MediaTypes {
  static final String JSON = "application/json";
  static final String MERGE_PATCH = "application/merge-patch+json";
  static final String PROBLEM = "application/problem+json";

  private MediaTypes() {}

  /** Refuses a body of another type than JSON in UTF-8. */
  static void requireJson(Optional<String> contentType, boolean patch) {
    var type = contentType.map(MediaTypes::essence).orElse("");
    if (!type.equals(JSON) && !(patch && type.equals(MERGE_PATCH))) {
      var known = patch ? MERGE_PATCH + " or " + JSON : JSON;
      var got = type.isEmpty() ? "none" : type;
      throw unsupported("Send the body as Content-Type: " + known + "; this request has " + got);
    }
    var charset = contentType.map(MediaTypes::charset).orElse("utf-8");
    if (!charset.equals("utf-8")) {
      throw unsupported("JSON is read in UTF-8 alone, not in " + charset);
    }
  }

  static Problem unsupported(String detail) {
    return new Problem(
        Problem.Kind.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "This kind of body is not read here",
        detail,
        List.of());
  }

  /** Refuses a caller who takes no JSON. */
  static void requireAccepted(Optional<String> accept) {
    if (accept.isPresent() && !accepts(accept.get(), JSON)) {
      throw new Problem(
          Problem.Kind.NOT_ACCEPTABLE,
          "not-acceptable",
          "No answer in that form",
          "Answers are application/json; the request accepts only " + accept.get(),
          List.of());
    }
  }

  /** Whether the {@code Accept} header takes the type. */
  static boolean accepts(String accept, String type) {
    var family = type.substring(0, type.indexOf('/') + 1) + "*";
    for (var range : accept.split(",", -1)) {
      var essence = essence(range);
      if (essence.equals("*/*") || essence.equals(family) || essence.equals(type)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the {@code Accept-Encoding} header takes gzip. */
  static boolean acceptsGzip(String acceptEncoding) {
    for (var coding : acceptEncoding.split(",", -1)) {
      var essence = essence(coding);
      if (essence.equals("gzip") || essence.equals("*")) {
        return !coding.replace(" ", "").matches("[^;]*;q=0(\\.0*)?");
      }
    }
    return false;
  }

  static String essence(String value) {
    var end = value.indexOf(';');
    return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static String charset(String contentType) {
    for (var parameter : contentType.split(";", -1)) {
      var text = parameter.strip().toLowerCase(Locale.ROOT);
      if (text.startsWith("charset=")) {
        return text.substring("charset=".length()).replace("\"", "");
      }
    }
    return "utf-8";
  }
}
