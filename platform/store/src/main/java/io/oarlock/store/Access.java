package io.oarlock.store;

import io.oarlock.model.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to the documents of a query.
 *
 * @param index the index read, or null for the documents themselves, by id
 * @param used conditions that chose the reaches, for explaining
 * @param residual conditions still to be tested on each document
 * @param sorted whether each reach yields the order of the query
 * @param repeats whether a document can come twice
 * @param scan about how many keys the reaches hold
 */
record Access(
    @Nullable IndexEntry index,
    List<Reach> reaches,
    List<Filter> used,
    List<Filter> residual,
    List<String> fixed,
    boolean sorted,
    boolean repeats,
    long scan) {

  /**
   * A run of keys.
   *
   * @param fixedLength bytes that all its keys have in common; what follows is in order
   * @param above whether it lies above the namespace asked for, so that only what propagates counts
   */
  record Reach(Interval keys, int fixedLength, boolean above) {}

  /** Whether the number of keys is the number of matches, those expired aside. */
  boolean countable() {
    return index != null
        && residual.isEmpty()
        && !repeats
        && reaches.stream().noneMatch(Reach::above);
  }

  String name() {
    return index == null ? "id" : index.name();
  }

  /** How it goes, in words. */
  String words() {
    var runs = reaches.size() == 1 ? "1 run" : reaches.size() + " runs";
    return runs + (sorted ? " in order" : ", sorted in memory");
  }
}
