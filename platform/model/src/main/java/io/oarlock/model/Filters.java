package io.oarlock.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Making, printing and running filters. */
public final class Filters {
  private Filters() {}

  /** All of them; nested conjunctions become one, and none means everything. */
  public static Filter and(List<? extends Filter> operands) {
    var flat = new ArrayList<Filter>();
    for (var operand : operands) {
      switch (operand) {
        case Filter.All all -> {}
        case Filter.And(var inner) -> flat.addAll(inner);
        default -> flat.add(operand);
      }
    }
    return switch (flat.size()) {
      case 0 -> new Filter.All();
      case 1 -> flat.getFirst();
      default -> new Filter.And(flat);
    };
  }

  /** One of them; nested disjunctions become one. */
  public static Filter or(List<? extends Filter> operands) {
    var flat = new ArrayList<Filter>();
    for (var operand : operands) {
      switch (operand) {
        case Filter.All all -> {
          return all;
        }
        case Filter.Or(var inner) -> flat.addAll(inner);
        default -> flat.add(operand);
      }
    }
    return flat.size() == 1 ? flat.getFirst() : new Filter.Or(flat);
  }

  /** The text that {@link FilterParser} reads as this filter. */
  public static String print(Filter filter) {
    return FilterPrinter.print(filter);
  }

  /** The attributes whose values decide; of a nested path, the outermost. */
  public static Set<String> attributes(Filter filter) {
    var found = new HashSet<String>();
    collect(filter, found);
    return found;
  }

  private static void collect(Filter filter, Set<String> found) {
    switch (filter) {
      case Filter.All _ -> {}
      case Filter.And(var operands) -> operands.forEach(operand -> collect(operand, found));
      case Filter.Or(var operands) -> operands.forEach(operand -> collect(operand, found));
      case Filter.Not(var operand) -> collect(operand, found);
      case Filter.Compare(var path, var _, var _) -> found.add(outermost(path));
      case Filter.In(var path, var _) -> found.add(outermost(path));
      case Filter.Contains(var path, var _) -> found.add(outermost(path));
      case Filter.Matches(var path, var _) -> found.add(outermost(path));
      case Filter.Exists(var path) -> found.add(outermost(path));
    }
  }

  private static String outermost(String path) {
    var dot = path.indexOf('.');
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** Compiled, for a filter that is asked about more than one resource. */
  public static Predicate<Map<String, Object>> predicate(Filter filter) {
    return FilterEvaluator.predicate(filter);
  }
}
