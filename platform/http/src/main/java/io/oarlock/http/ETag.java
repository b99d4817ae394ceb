package io.oarlock.http;

import io.oarlock.model.Problem;
import java.util.Map;
import java.util.Optional;

/** The version of a resource as an entity tag: {@code "7"}. */
final class ETag {
  private ETag() {}

  /** The tag of a resource that has a version. */
  static Optional<String> of(Map<String, Object> resource) {
    return Optional.ofNullable(resource.get("version")).map(version -> "\"" + version + "\"");
  }

  /**
   * The version in one tag. A weak tag is taken for the strong one: proxies that compress answers
   * weaken tags, and a version stands for one state of the resource in either form.
   */
  static long version(String tag) {
    var strong = strong(tag.strip());
    try {
      if (strong.length() > 2 && strong.startsWith("\"") && strong.endsWith("\"")) {
        return Long.parseLong(strong.substring(1, strong.length() - 1));
      }
    } catch (NumberFormatException e) {
      // Told below, in the same words as a tag without quotes.
    }
    throw Problem.malformed(
        "If-Match names one version in quotes, like \"3\", as the ETag of an answer has it; not "
            + tag);
  }

  /** Whether {@code If-None-Match} names the tag. */
  static boolean matches(String condition, String tag) {
    if (condition.strip().equals("*")) {
      return true;
    }
    for (var one : condition.split(",", -1)) {
      if (strong(one.strip()).equals(tag)) {
        return true;
      }
    }
    return false;
  }

  private static String strong(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
