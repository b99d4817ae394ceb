package io.oarlock.model;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Set;

/** The normalised tags of one resource, sorted, so that keys and prefixes are found by search. */
public final class Tags extends AbstractSet<String> {
  private final Set<String> all;
  private final String[] sorted;

  private Tags(Set<String> all) {
    this.all = all;
    this.sorted = all.stream().sorted().toArray(String[]::new);
  }

  /** Immutable; worth building for a resource that is matched more than once. */
  public static Tags of(Collection<String> tags) {
    return tags instanceof Tags already ? already : new Tags(Set.copyOf(tags));
  }

  /** The key of a tag in its text form. */
  public static String keyOf(String tag) {
    var cut = tag.indexOf('=');
    return cut < 0 ? tag : tag.substring(0, cut);
  }

  static boolean anyStartsWith(Set<String> tags, String prefix) {
    if (tags instanceof Tags fast) {
      return fast.anyStartsWith(prefix);
    }
    for (var tag : tags) {
      if (tag.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyStartsWith(String prefix) {
    var found = Arrays.binarySearch(sorted, prefix);
    var at = found < 0 ? -found - 1 : found;
    return at < sorted.length && sorted[at].startsWith(prefix);
  }

  @Override
  public boolean contains(Object tag) {
    return all.contains(tag);
  }

  @Override
  public Iterator<String> iterator() {
    return Arrays.asList(sorted).iterator();
  }

  @Override
  public int size() {
    return sorted.length;
  }
}
