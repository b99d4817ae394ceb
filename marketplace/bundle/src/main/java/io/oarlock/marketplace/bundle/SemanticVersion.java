package io.oarlock.marketplace.bundle;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version as Semantic Versioning 2.0.0 writes and orders it. Build metadata is refused: two
 * versions that differ in it alone would count as the same.
 *
 * @param preRelease the identifiers after the dash; empty for a release
 */
public record SemanticVersion(long major, long minor, long patch, List<String> preRelease)
    implements Comparable<SemanticVersion> {
  static final String PATTERN =
      "(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})"
          + "(-(0|[1-9][0-9]{0,8}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
          + "(\\.(0|[1-9][0-9]{0,8}|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?";

  static final String PATTERN_WORDS =
      "Write a semantic version without build metadata, such as 1.4.0 or 2.0.0-beta.1";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  public SemanticVersion {
    preRelease = List.copyOf(preRelease);
  }

  /** Reads a version; an {@link IllegalArgumentException} says what is expected. */
  public static SemanticVersion parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(PATTERN_WORDS);
    }
    var dash = text.indexOf('-');
    var numbers = (dash < 0 ? text : text.substring(0, dash)).split("\\.", -1);
    return new SemanticVersion(
        Long.parseLong(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]),
        dash < 0 ? List.of() : List.of(text.substring(dash + 1).split("\\.", -1)));
  }

  @Override
  public int compareTo(SemanticVersion other) {
    var order =
        Comparator.comparingLong(SemanticVersion::major)
            .thenComparingLong(SemanticVersion::minor)
            .thenComparingLong(SemanticVersion::patch)
            .compare(this, other);
    return order != 0 ? order : compare(preRelease, other.preRelease);
  }

  /** A release comes after what was before it; else the first identifiers that differ decide. */
  private static int compare(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    for (var i = 0; i < Math.min(a.size(), b.size()); i++) {
      var order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compare(String a, String b) {
    var numbers = NUMBER.matcher(a).matches();
    if (numbers != NUMBER.matcher(b).matches()) {
      return numbers ? -1 : 1;
    }
    return numbers ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
  }

  @Override
  public String toString() {
    var release = major + "." + minor + "." + patch;
    return preRelease.isEmpty() ? release : release + "-" + String.join(".", preRelease);
  }
}
