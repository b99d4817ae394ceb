package io.oarlock.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a word. */
public final class Suggest {
  /** Words longer than this get no suggestion: they are no slip of a finger. */
  public static final int WORD_MAX = 64;

  private Suggest() {}

  /** The candidate nearest to the word, when one is near enough to be what was meant. */
  public static Optional<String> closest(String word, Collection<String> candidates) {
    if (word.isEmpty() || word.length() > WORD_MAX) {
      return Optional.empty();
    }
    var wanted = word.toLowerCase(Locale.ROOT);
    var nearest = Optional.<String>empty();
    var bound = Math.min(3, 1 + wanted.length() / 4);
    for (var candidate : candidates) {
      var distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), bound);
      if (distance <= bound) {
        nearest = Optional.of(candidate);
        bound = distance - 1;
      }
    }
    return nearest;
  }

  /** {@code Did you mean "x"?} for the nearest candidate. */
  public static Optional<String> didYouMean(String word, Collection<String> candidates) {
    return closest(word, candidates).map(found -> "Did you mean \"" + found + "\"?");
  }

  /** Optimal string alignment; anything above the bound is reported as bound + 1. */
  private static int distance(String a, String b, int bound) {
    if (Math.abs(a.length() - b.length()) > bound) {
      return bound + 1;
    }
    var before = new int[b.length() + 1];
    var previous = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var row = row(a, b, i, before, previous);
      before = previous;
      previous = row;
    }
    return previous[b.length()];
  }

  private static int[] row(String a, String b, int i, int[] before, int[] previous) {
    var row = new int[b.length() + 1];
    row[0] = i;
    for (var j = 1; j <= b.length(); j++) {
      var swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
      row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + swap);
      var crossed =
          i > 1
              && j > 1
              && a.charAt(i - 1) == b.charAt(j - 2)
              && a.charAt(i - 2) == b.charAt(j - 1);
      if (crossed) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return row;
  }
}
