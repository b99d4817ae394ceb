package io.oarlock.enforcer.policy;

import java.util.HashSet;
import java.util.Set;

/**
 * One end of a connection as a {@link Policies} knows it: which of its rules select the end as
 * subject, and which as object. It is worth keeping as long as those policies are.
 */
public final class Party {
  private final Policies owner;
  private final Set<String> tags;
  private final long[] asSubject;
  private final long[] asObject;

  Party(Policies owner, Set<String> tags, long[] asSubject, long[] asObject) {
    this.owner = owner;
    this.tags = tags;
    this.asSubject = asSubject;
    this.asObject = asObject;
  }

  /** The normalised tags it was made from. */
  public Set<String> tags() {
    return tags;
  }

  /** An end that is several things at once: a rule selects it when it selects any of them. */
  public Party or(Party other) {
    other.checkOwner(owner);
    var all = new HashSet<>(tags);
    all.addAll(other.tags);
    return new Party(
        owner, Set.copyOf(all), union(asSubject, other.asSubject), union(asObject, other.asObject));
  }

  private static long[] union(long[] one, long[] other) {
    var all = one.clone();
    for (var i = 0; i < all.length; i++) {
      all[i] |= other[i];
    }
    return all;
  }

  void checkOwner(Policies policies) {
    if (policies != owner) {
      throw new IllegalArgumentException(
          "This party belongs to other policies; ask these for one with the same tags.");
    }
  }

  /** 64 rules, as a bit each: those that select this end as subject and the other as object. */
  long rulesTo(Party object, int word) {
    return asSubject[word] & object.asObject[word];
  }
}
