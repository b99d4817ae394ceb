package io.oarlock.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a resource lives: {@code /} or {@code /acme/prod}. */
public record NamespacePath(String value) implements Comparable<NamespacePath> {
  /** The root of the tree. */
  public static final NamespacePath ROOT = new NamespacePath("/");

  /** Longest path, in characters. */
  public static final int LENGTH_MAX = 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

  public NamespacePath {
    if (value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("A namespace path has at most " + LENGTH_MAX + " chars");
    }
    if (!value.equals("/")) {
      if (!value.startsWith("/")) {
        throw new IllegalArgumentException("A namespace path starts with /: " + value);
      }
      for (var name : value.substring(1).split("/", -1)) {
        if (!isName(name)) {
          throw new IllegalArgumentException(
              "A namespace name has 1 to 128 letters, digits, - _ . and starts with a letter or"
                  + " digit: \""
                  + name
                  + "\" in "
                  + value);
        }
      }
    }
  }

  /** Whether the text may name one namespace, without its parents. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Reads a path, whatever a caller sent. */
  public static NamespacePath of(String text) {
    return text.equals("/") ? ROOT : new NamespacePath(text);
  }

  public boolean isRoot() {
    return value.equals("/");
  }

  /** The last name; {@code /} for the root. */
  public String name() {
    return isRoot() ? "/" : value.substring(value.lastIndexOf('/') + 1);
  }

  public NamespacePath child(String name) {
    return new NamespacePath(isRoot() ? "/" + name : value + "/" + name);
  }

  public Optional<NamespacePath> parent() {
    if (isRoot()) {
      return Optional.empty();
    }
    var cut = value.lastIndexOf('/');
    return Optional.of(cut == 0 ? ROOT : new NamespacePath(value.substring(0, cut)));
  }

  /** Whether the other is this one or below it. */
  public boolean contains(NamespacePath other) {
    return equals(other) || isAbove(other);
  }

  /** Whether the other is strictly below this one. */
  public boolean isAbove(NamespacePath other) {
    return isRoot() ? !other.isRoot() : other.value.startsWith(value + "/");
  }

  /** All strictly above, the root first. */
  public List<NamespacePath> ancestors() {
    var found = new ArrayList<NamespacePath>();
    for (var at = parent(); at.isPresent(); at = at.get().parent()) {
      found.add(at.get());
    }
    Collections.reverse(found);
    return found;
  }

  @Override
  public int compareTo(NamespacePath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
