package io.oarlock.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which resources a policy means: lines of terms, true when every term of one line is. No line
 * matches nothing: an expression forgotten never selects everything.
 */
public record TagExpression(List<List<TagTerm>> lines) {
  /** Most lines of one expression. */
  public static final int LINES_MAX = 64;

  /** Most terms of one line. */
  public static final int TERMS_MAX = 64;

  /** Matches nothing. */
  public static final TagExpression NONE = new TagExpression(List.of());

  public TagExpression {
    lines = lines.stream().map(List::copyOf).toList();
    var faults = sizeFaults(lines);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
  }

  /**
   * Reads the wire form.
   *
   * @throws Problem naming every fault, each with its pointer: {@code /1/0} is the first term of
   *     the second line
   */
  public static TagExpression parse(List<? extends List<String>> lines) {
    var faults = faults(lines);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return new TagExpression(
        lines.stream().map(line -> line.stream().map(TagTerm::parse).toList()).toList());
  }

  /** Everything wrong with the wire form; empty when it can be parsed. */
  public static List<Violation> faults(List<? extends List<String>> lines) {
    var faults = sizeFaults(lines);
    for (var i = 0; i < Math.min(lines.size(), LINES_MAX); i++) {
      var line = lines.get(i);
      for (var j = 0; j < Math.min(line.size(), TERMS_MAX); j++) {
        termFault(line.get(j), "/" + i + "/" + j).ifPresent(faults::add);
      }
    }
    return faults;
  }

  private static List<Violation> sizeFaults(List<? extends List<?>> lines) {
    var faults = new ArrayList<Violation>();
    if (lines.size() > LINES_MAX) {
      faults.add(tooMany("A tag expression", lines.size(), "lines", LINES_MAX, ""));
    }
    for (var i = 0; i < Math.min(lines.size(), LINES_MAX); i++) {
      var pointer = "/" + i;
      if (lines.get(i).isEmpty()) {
        faults.add(
            Violation.of(
                "empty-line",
                "A line without terms would match everything; write at least one term or remove"
                    + " the line.",
                pointer));
      } else if (lines.get(i).size() > TERMS_MAX) {
        faults.add(tooMany("A line", lines.get(i).size(), "terms", TERMS_MAX, pointer));
      }
    }
    return faults;
  }

  private static Violation tooMany(String what, int count, String of, int max, String pointer) {
    return Violation.of(
        "too-many",
        "%s has at most %d %s, this one has %d; split it over several policies."
            .formatted(what, max, of, count),
        pointer);
  }

  private static Optional<Violation> termFault(String term, String pointer) {
    try {
      TagTerm.parse(term);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(Violation.of("bad-tag", String.valueOf(e.getMessage()), pointer));
    }
  }

  /** Whether a resource with these normalised tags is meant; {@link Tags} are matched fastest. */
  public boolean matches(Set<String> normalizedTags) {
    for (var line : lines) {
      if (all(line, normalizedTags)) {
        return true;
      }
    }
    return false;
  }

  static boolean all(List<TagTerm> line, Set<String> tags) {
    for (var term : line) {
      if (!term.matches(tags)) {
        return false;
      }
    }
    return true;
  }

  /** The wire form. */
  public List<List<String>> toLists() {
    return lines.stream().map(line -> line.stream().map(TagTerm::toString).toList()).toList();
  }
}
