package io.oarlock.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Many tag expressions, and quickly those that match a set of tags.
 *
 * <p>A line can only match where its positive terms do, so each line is filed under one of them:
 * the equality that fewest other lines ask for, else the key of a positive term. A look-up examines
 * the lines filed under the tags and keys it was given, and the few lines made of negations alone.
 * Safe for use by many threads.
 *
 * @param <T> what the expressions belong to, told apart by {@code equals}
 */
public final class TagIndex<T> {
  /** Most expressions of an index that was not given another bound. */
  public static final int ENTRIES_MAX = 200_000;

  private static final String NEGATIVE = "";

  private static final class Line<T> {
    final T owner;
    final List<TagTerm> terms;
    final String home;

    Line(T owner, List<TagTerm> terms, String home) {
      this.owner = owner;
      this.terms = terms;
      this.home = home;
    }
  }

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final int entriesMax;
  private final Map<T, List<Line<T>>> linesByOwner = new HashMap<>();
  private final Map<String, Set<Line<T>>> linesByHome = new HashMap<>();
  private final Map<String, Integer> demand = new HashMap<>();

  public TagIndex() {
    this(ENTRIES_MAX);
  }

  /** An index that refuses more than so many expressions. */
  public TagIndex(int entriesMax) {
    this.entriesMax = entriesMax;
  }

  /** Adds an expression, in place of the owner's former one. */
  public void put(T owner, TagExpression expression) {
    locked(
        lock.writeLock(),
        () -> {
          if (!drop(owner)) {
            checkRoom();
          }
          linesByOwner.put(
              owner, expression.lines().stream().map(terms -> file(owner, terms)).toList());
          return owner;
        });
  }

  /** Forgets the owner's expression; says whether there was one. */
  public boolean remove(T owner) {
    return locked(lock.writeLock(), () -> drop(owner));
  }

  /** The owners whose expression matches these normalised tags, in no particular order. */
  public Set<T> matching(Set<String> tags) {
    var found = new LinkedHashSet<T>();
    var fast = Tags.of(tags);
    return locked(
        lock.readLock(),
        () -> {
          for (var home : homes(fast)) {
            for (var line : filed(home)) {
              if (TagExpression.all(line.terms, fast)) {
                found.add(line.owner);
              }
            }
          }
          return found;
        });
  }

  /** How many expressions it holds. */
  public int size() {
    return locked(lock.readLock(), linesByOwner::size);
  }

  /** How many lines a look-up examines: its cost. */
  int examined(Set<String> tags) {
    return locked(
        lock.readLock(), () -> homes(tags).stream().mapToInt(home -> filed(home).size()).sum());
  }

  private static Set<String> homes(Set<String> tags) {
    var homes = new LinkedHashSet<String>();
    for (var tag : tags) {
      homes.add(tag);
      homes.add(Tags.keyOf(tag));
    }
    homes.add(NEGATIVE);
    return homes;
  }

  private Set<Line<T>> filed(String home) {
    return linesByHome.getOrDefault(home, Set.of());
  }

  private Line<T> file(T owner, List<TagTerm> terms) {
    terms.forEach(term -> count(term, 1));
    var line = new Line<>(owner, terms, homeOf(terms));
    linesByHome.computeIfAbsent(line.home, home -> new LinkedHashSet<>()).add(line);
    return line;
  }

  private String homeOf(List<TagTerm> terms) {
    return terms.stream()
        .filter(TagTerm.Has.class::isInstance)
        .map(TagTerm::toString)
        .min(Comparator.comparing((String tag) -> demand.getOrDefault(tag, 0)))
        .or(() -> terms.stream().flatMap(term -> keyOf(term).stream()).findFirst())
        .orElse(NEGATIVE);
  }

  private static Optional<String> keyOf(TagTerm term) {
    return switch (term) {
      case TagTerm.Has has -> Optional.of(has.tag().key());
      case TagTerm.HasKey hasKey -> Optional.of(hasKey.key());
      case TagTerm.HasPrefix hasPrefix -> Optional.of(hasPrefix.key());
      case TagTerm.Not not -> Optional.empty();
    };
  }

  private boolean drop(T owner) {
    var lines = linesByOwner.remove(owner);
    if (lines == null) {
      return false;
    }
    lines.forEach(this::unfile);
    return true;
  }

  private void unfile(Line<T> line) {
    line.terms.forEach(term -> count(term, -1));
    linesByHome.computeIfPresent(
        line.home, (home, filed) -> filed.remove(line) && filed.isEmpty() ? null : filed);
  }

  private void count(TagTerm term, int change) {
    if (term instanceof TagTerm.Has has) {
      demand.merge(has.text(), change, (old, by) -> old + by == 0 ? null : old + by);
    }
  }

  private void checkRoom() {
    if (linesByOwner.size() >= entriesMax) {
      throw Problem.tooMany(
          "tag-index-full",
          "An index holds at most " + entriesMax + " tag expressions; remove policies not needed.");
    }
  }

  private static <R> R locked(Lock lock, Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
