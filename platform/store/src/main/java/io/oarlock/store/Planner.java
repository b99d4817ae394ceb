package io.oarlock.store;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how to answer a query: every index that knows a condition or the order is a candidate, as
 * is reading the documents by id. Candidates are weighed by how many keys they would read, which
 * the maps tell exactly and at once.
 *
 * <p>Indexes are ordered by namespace first. A query over many namespaces reads one run of keys in
 * each namespace that has documents of the type, and merges the runs where an order is asked for.
 */
final class Planner {
  /** Most namespaces a query visits one by one; beyond that it reads by id. */
  static final int NAMESPACES_MAX = 10_000;

  /** Most runs of keys that conditions on several attributes are multiplied into. */
  private static final int RUNS_MAX = 256;

  /** Runs whose keys are counted; the rest is taken to be like them. */
  private static final int SAMPLE = 32;

  // What finding the start of a run costs, and reading a document by way of an index key, in units
  // of reading the next document by id.
  private static final long SEEK_COST = 4;
  private static final long LOOKUP_COST = 2;

  private final Snapshot snapshot;
  private final TypeEntry type;
  private final Query query;
  private final Ordering ordering;
  private final List<Filter> conditions;
  private @Nullable Visit visit;

  /** The namespaces of the scope that have documents of the type, unless they are too many. */
  private record Visit(List<NamespacePath> namespaces, boolean tooMany) {
    private static Visit of(NamespacePath one) {
      return new Visit(List.of(one), false);
    }
  }

  Planner(Snapshot snapshot, TypeEntry type, Query query) {
    this.snapshot = snapshot;
    this.type = type;
    this.query = query;
    this.ordering = Ordering.of(query);
    this.conditions = Term.conditions(query.filter());
  }

  Access forList() {
    var candidates = candidates();
    var matches = candidates.stream().mapToLong(Access::scan).min().orElse(0);
    return cheapest(candidates, access -> listCost(access, Math.max(1, matches)));
  }

  Access forCount() {
    return cheapest(
        candidates(),
        access ->
            access.reaches().size() * SEEK_COST
                + (access.countable() ? 0 : access.scan() * weight(access)));
  }

  private static Access cheapest(
      List<Access> candidates, java.util.function.ToLongFunction<Access> cost) {
    return candidates.stream().min(Comparator.comparingLong(cost)).orElseThrow();
  }

  // Who reads in order may stop when the page is full, after as many keys as it takes on average.
  private long listCost(Access access, long matches) {
    var scan = access.scan();
    if (access.sorted()) {
      var wanted = (long) query.limit() + query.skip() + 1;
      scan = Math.min(scan, wanted * Math.max(1, access.scan() / matches));
    }
    return access.reaches().size() * SEEK_COST + scan * weight(access);
  }

  private static long weight(Access access) {
    return access.index() == null ? 1 : LOOKUP_COST;
  }

  /** Every way to the documents; each leads to the same answer. */
  List<Access> candidates() {
    var found = new ArrayList<Access>();
    found.add(byId());
    for (var index : type.indexes()) {
      var runs = Runs.of(index, conditions, ordering);
      // Where no condition helps, the smallest index does as well as any other.
      if (index.attributes().isEmpty()) {
        whole(index, runs).ifPresent(found::add);
      }
      if (!runs.used().isEmpty() || runs.sorted()) {
        eachNamespace(index, runs).ifPresent(found::add);
      }
    }
    return found;
  }

  private Access byId() {
    var ids =
        conditions.stream().map(Planner::ids).flatMap(Optional::stream).findFirst().orElse(null);
    var prefix = type.prefix();
    var sorted = ordering.attributes().isEmpty();
    if (ids == null) {
      var all = Interval.prefix(prefix);
      var scan = Snapshot.count(snapshot.documents(), all.low(), all.high());
      var reach = new Access.Reach(all, prefix.length, false);
      return new Access(
          null, List.of(reach), List.of(), conditions, List.of(), sorted, false, scan);
    }
    var reaches =
        ids.stream()
            .distinct()
            .map(id -> new Access.Reach(only(type.key(id)), prefix.length, false));
    var list = reaches.toList();
    return new Access(null, list, conditions, conditions, List.of(), sorted, false, list.size());
  }

  private static Interval only(byte[] key) {
    return Interval.range(key, Keys.join(key, new byte[1]));
  }

  private static Optional<List<String>> ids(Filter condition) {
    return switch (condition) {
      case Filter.Compare(var path, var comparison, var value)
          when path.equals("id")
              && comparison == Filter.Comparison.EQUAL
              && value instanceof String id ->
          Optional.of(List.of(id));
      case Filter.In(var path, var values) when path.equals("id") && values.size() <= RUNS_MAX ->
          Optional.of(
              values.stream().filter(String.class::isInstance).map(String.class::cast).toList());
      default -> Optional.empty();
    };
  }

  /** One run over all namespaces of the scope, where they are one. */
  private Optional<Access> whole(IndexEntry index, Runs runs) {
    var low = index.prefix();
    return switch (query.scope()) {
      case Query.Scope.Everywhere _ -> Optional.of(run(index, runs, Interval.prefix(low)));
      case Query.Scope.Below(var namespace) ->
          Optional.of(
              run(
                  index,
                  runs,
                  Interval.range(index.prefix(namespace), Keys.afterBelow(low, namespace))));
      case Query.Scope.Only _, Query.Scope.WithPropagated _ -> eachNamespace(index, runs);
    };
  }

  private Access run(IndexEntry index, Runs runs, Interval interval) {
    var reach = new Access.Reach(interval, 2, false);
    return access(index, runs, List.of(reach), false);
  }

  private Optional<Access> eachNamespace(IndexEntry index, Runs runs) {
    var reaches = new ArrayList<Access.Reach>();
    if (query.scope() instanceof Query.Scope.WithPropagated(var own, var _, var _)) {
      own.ancestors().forEach(above -> reaches.addAll(runs.in(above, true)));
    }
    var visited = visit();
    if (visited.tooMany) {
      return Optional.empty();
    }
    visited.namespaces.forEach(namespace -> reaches.addAll(runs.in(namespace, false)));
    return Optional.of(access(index, runs, reaches, runs.sorted()));
  }

  private Access access(IndexEntry index, Runs runs, List<Access.Reach> reaches, boolean sorted) {
    return new Access(
        index,
        reaches,
        runs.used(),
        runs.residual(),
        runs.fixed(),
        sorted,
        runs.repeats(),
        scan(reaches));
  }

  private long scan(List<Access.Reach> reaches) {
    var step = Math.max(1, reaches.size() / SAMPLE);
    var counted = 0L;
    var samples = 0;
    for (var i = 0; i < reaches.size(); i += step) {
      var keys = reaches.get(i).keys();
      counted += Snapshot.count(snapshot.index(), keys.low(), keys.high());
      samples++;
    }
    return samples == 0 ? 0 : (counted * reaches.size() + samples - 1) / samples;
  }

  private Visit visit() {
    var known = visit;
    if (known == null) {
      known =
          switch (query.scope()) {
            case Query.Scope.Only(var namespace) -> Visit.of(namespace);
            case Query.Scope.Below(var namespace) -> below(namespace);
            case Query.Scope.Everywhere _ -> below(NamespacePath.ROOT);
            case Query.Scope.WithPropagated(var namespace, var recursive, var _) ->
                recursive ? below(namespace) : Visit.of(namespace);
          };
      visit = known;
    }
    return known;
  }

  private Visit below(NamespacePath namespace) {
    var index = type.byNamespace();
    var found = new ArrayList<NamespacePath>();
    var end = Keys.afterBelow(index.prefix(), namespace);
    var key = snapshot.index().ceilingKey(index.prefix(namespace));
    while (key != null && Arrays.compareUnsigned(key, end) < 0) {
      if (found.size() == NAMESPACES_MAX) {
        return new Visit(List.of(), true);
      }
      var at = Keys.namespaceAt(key, 2);
      found.add(at);
      key = snapshot.index().ceilingKey(Keys.after(index.prefix(at)));
    }
    return new Visit(found, false);
  }
}
