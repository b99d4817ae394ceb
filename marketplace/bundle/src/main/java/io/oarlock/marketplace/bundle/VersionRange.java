package io.oarlock.marketplace.bundle;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which versions somebody means: all of them, those that begin with {@code 1} or {@code 1.4}, or
 * exactly {@code 1.4.0}. What is no release yet, such as {@code 2.0.0-beta.1}, is meant when it is
 * named, or when there is nothing else.
 */
public final class VersionRange {
  /** Every version. */
  public static final VersionRange ANY = new VersionRange("");

  private static final Pattern BEGINNING =
      Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8}))?");
  private static final Comparator<SemanticVersion> RELEASES_FIRST =
      Comparator.<SemanticVersion, Boolean>comparing(version -> version.preRelease().isEmpty())
          .thenComparing(Comparator.naturalOrder());

  private final String text;

  private VersionRange(String text) {
    this.text = text;
  }

  /** Reads a range; an {@link IllegalArgumentException} says what is expected. */
  public static VersionRange parse(String text) {
    if (!BEGINNING.matcher(text).matches()) {
      try {
        SemanticVersion.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no version; write 1, 1.4 or 1.4.0", e);
      }
    }
    return new VersionRange(text);
  }

  /** Whether a version is among those meant. */
  public boolean includes(SemanticVersion version) {
    var whole = version.toString();
    return text.isEmpty() || whole.equals(text) || whole.startsWith(text + ".");
  }

  /** The newest of those meant, a release when there is one. */
  public <T> Optional<T> newest(Stream<T> all, Function<T, SemanticVersion> version) {
    return all.filter(each -> includes(version.apply(each)))
        .max(Comparator.comparing(version, RELEASES_FIRST));
  }

  @Override
  public String toString() {
    return text;
  }
}
