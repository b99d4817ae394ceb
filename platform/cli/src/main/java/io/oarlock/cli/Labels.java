package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The tag by which what was imported together is known. */
final class Labels {
  static final String TAGS = "associatedTags";

  private static final String PREFIX = "import:label=";
  private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Labels() {}

  /** Labels stand in filters, where nothing else may. */
  static String tag(String label) {
    if (!LABEL.matcher(label).matches()) {
      throw Failure.usage(
          "No label can be called \"" + Display.line(label) + "\"",
          "Up to 64 letters, digits, dots, dashes and underscores.");
    }
    return PREFIX + label;
  }

  static String filter(String label) {
    return TAGS + " CONTAINS [\"" + tag(label) + "\"]";
  }

  static List<String> tags(Map<String, Object> resource) {
    return resource.get(TAGS) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  static boolean has(Map<String, Object> resource, String label) {
    return tags(resource).contains(tag(label));
  }

  /** The tags that are no label. */
  static List<Object> without(Map<String, Object> resource) {
    return new ArrayList<>(tags(resource).stream().filter(tag -> !tag.startsWith(PREFIX)).toList());
  }

  /** The tags with that label and no other. */
  static List<Object> with(Map<String, Object> resource, String label) {
    var tags = without(resource);
    tags.add(tag(label));
    return tags;
  }
}
