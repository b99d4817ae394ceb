package io.oarlock.store;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an index knows about conditions and an order: in each namespace, the runs of keys to read.
 *
 * @param tails the runs, relative to a namespace; {@code fixedLength} bytes of each are the same in
 *     all its keys
 * @param used conditions that the runs come from
 * @param residual conditions to be tested on each document
 * @param fixed attributes that have one value in all runs
 * @param sorted whether each run is in order
 * @param repeats whether a document can be in several runs, or several times in one
 */
record Runs(
    IndexEntry index,
    List<Tail> tails,
    List<Filter> used,
    List<Filter> residual,
    List<String> fixed,
    boolean sorted,
    boolean repeats) {
  /** A run relative to a namespace. */
  record Tail(Interval keys, int fixedLength) {}

  /** Most runs in one namespace. */
  private static final int TAILS_MAX = 256;

  static Runs of(IndexEntry index, List<Filter> conditions, Ordering ordering) {
    return new Builder(index, conditions).build(ordering);
  }

  List<Access.Reach> in(NamespacePath namespace, boolean above) {
    var prefix = index.prefix(namespace);
    return tails.stream()
        .map(tail ->
            new Access.Reach(tail.keys.under(prefix), prefix.length + tail.fixedLength, above))
        .toList();
  }

  /** Walks the attributes of an index from the left for as long as conditions pin them down. */
  private static final class Builder {
    private final IndexEntry index;
    private final List<Filter> conditions;
    private final List<Filter> used = new ArrayList<>();
    private final List<Filter> residual;
    private final List<String> fixed = new ArrayList<>();
    private List<Tail> tails = List.of(new Tail(EVERYTHING, 0));
    private boolean repeats;
    private int pinned;

    // Ends are put after a namespace, where 0xFF is beyond every value.
    private static final Interval EVERYTHING =
        new Interval(new byte[0], new byte[] {(byte) 0xFF}, true);

    Builder(IndexEntry index, List<Filter> conditions) {
      this.index = index;
      this.conditions = conditions;
      this.residual = new ArrayList<>(conditions);
    }

    Runs build(Ordering ordering) {
      var going = true;
      while (going && pinned < index.attributes().size()) {
        going = pin(index.attributes().get(pinned));
      }
      var rest = index.attributes().subList(pinned, index.attributes().size());
      repeats |= rest.stream().anyMatch(index.lists()::contains);
      return new Runs(index, tails, used, residual, fixed, sorted(ordering, rest), repeats);
    }

    /** Takes up the conditions on the next attribute; whether the one after it can follow. */
    private boolean pin(String attribute) {
      var list = index.lists().contains(attribute);
      var terms =
          conditions.stream()
              .map(condition -> Term.of(condition, index.lists()))
              .flatMap(Optional::stream)
              .filter(term -> term.path().equals(attribute))
              .toList();
      if (terms.isEmpty()) {
        return false;
      }
      var intervals = Term.intersect(terms, list);
      if ((long) tails.size() * intervals.size() > TAILS_MAX) {
        return false;
      }
      var taken = list ? terms.subList(0, 1) : terms;
      taken.forEach(term -> used.add(term.source()));
      taken.stream().filter(Term::exact).forEach(term -> residual.remove(term.source()));
      var points = intervals.stream().allMatch(Interval::point);
      multiply(intervals, points);
      repeats |= list && (intervals.size() > 1 || !points);
      if (points) {
        pinned++;
        if (intervals.size() == 1 && !list) {
          fixed.add(attribute);
        }
      }
      return points;
    }

    private void multiply(List<Interval> intervals, boolean points) {
      var longer = new ArrayList<Tail>();
      for (var tail : tails) {
        var prefix = tail.keys.low();
        for (var interval : intervals) {
          var keys = interval.under(prefix);
          longer.add(new Tail(keys, points ? keys.low().length : prefix.length));
        }
      }
      tails = longer;
    }

    // The runs are in order when what follows their fixed part is just what is ordered by.
    private boolean sorted(Ordering ordering, List<String> rest) {
      var open = ordering.attributes().stream().filter(o -> !fixed.contains(o.attribute()));
      var orders = open.toList();
      return orders.stream().map(Query.Order::attribute).toList().equals(rest)
          && rest.stream().noneMatch(index.lists()::contains)
          && orders.stream().allMatch(o -> o.descending() == ordering.idDescending());
    }
  }
}
