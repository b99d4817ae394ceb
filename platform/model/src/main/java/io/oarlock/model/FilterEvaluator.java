package io.oarlock.model;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a resource in tree form meets a filter. Types are never converted: the text "1"
 * is not the number 1, and a comparison of two kinds is false. What is absent equals nothing, so
 * {@code !=} and NOT are true for it.
 */
public final class FilterEvaluator {
  private static final Pattern DOT = Pattern.compile("\\.");

  private FilterEvaluator() {}

  /** Whether the resource meets the filter; for many resources compile a predicate once. */
  public static boolean test(Filter filter, Map<String, Object> tree) {
    return predicate(filter).test(tree);
  }

  /** The filter with its paths split and its expressions compiled. */
  public static Predicate<Map<String, Object>> predicate(Filter filter) {
    return switch (filter) {
      case Filter.All all -> tree -> true;
      case Filter.And(var operands) -> and(predicates(operands));
      case Filter.Or(var operands) -> or(predicates(operands));
      case Filter.Not(var operand) -> predicate(operand).negate();
      case Filter.Compare(var path, var comparison, var value) -> compare(path, comparison, value);
      case Filter.In(var path, var values) -> element(path, one -> equalsAny(one, values));
      case Filter.Contains(var path, var values) -> end(path, end -> contains(end, values));
      case Filter.Matches(var path, var patterns) -> matches(path, patterns);
      case Filter.Exists(var path) -> end(path, end -> true);
    };
  }

  private static List<Predicate<Map<String, Object>>> predicates(List<Filter> operands) {
    return operands.stream().map(FilterEvaluator::predicate).toList();
  }

  private static Predicate<Map<String, Object>> and(List<Predicate<Map<String, Object>>> all) {
    return tree -> {
      for (var one : all) {
        if (!one.test(tree)) {
          return false;
        }
      }
      return true;
    };
  }

  private static Predicate<Map<String, Object>> or(List<Predicate<Map<String, Object>>> all) {
    return tree -> {
      for (var one : all) {
        if (one.test(tree)) {
          return true;
        }
      }
      return false;
    };
  }

  private static Predicate<Map<String, Object>> compare(
      String path, Filter.Comparison comparison, Object value) {
    return switch (comparison) {
      case EQUAL -> element(path, one -> same(one, value));
      case NOT_EQUAL -> element(path, one -> same(one, value)).negate();
      case LESS -> element(path, one -> comparable(one, value) && order(one, value) < 0);
      case LESS_OR_EQUAL -> element(path, one -> comparable(one, value) && order(one, value) <= 0);
      case GREATER -> element(path, one -> comparable(one, value) && order(one, value) > 0);
      case GREATER_OR_EQUAL ->
          element(path, one -> comparable(one, value) && order(one, value) >= 0);
    };
  }

  private static Predicate<Map<String, Object>> matches(String path, List<String> patterns) {
    var compiled = patterns.stream().map(SafePattern::compile).toList();
    return element(
        path, one -> one instanceof String text && compiled.stream().anyMatch(p -> p.find(text)));
  }

  /** True when it is for one value at the path, looking into lists. */
  private static Predicate<Map<String, Object>> element(String path, Predicate<Object> test) {
    return end(path, end -> anyElement(end, test));
  }

  private static boolean anyElement(Object value, Predicate<Object> test) {
    if (!(value instanceof List<?> list)) {
      return test.test(value);
    }
    for (var one : list) {
      if (one != null && anyElement(one, test)) {
        return true;
      }
    }
    return false;
  }

  /** True when it is for one value at the path, a list at its very end being one value. */
  private static Predicate<Map<String, Object>> end(String path, Predicate<Object> test) {
    var segments = DOT.split(path, -1);
    return tree -> walk(tree, segments, 0, test);
  }

  private static boolean walk(
      @Nullable Object at, String[] segments, int depth, Predicate<Object> test) {
    if (at == null) {
      return false;
    }
    if (depth == segments.length) {
      return test.test(at);
    }
    return switch (at) {
      case Map<?, ?> map -> walk(map.get(segments[depth]), segments, depth + 1, test);
      case List<?> list -> list.stream().anyMatch(one -> walk(one, segments, depth, test));
      default -> false;
    };
  }

  private static boolean contains(Object end, List<Object> values) {
    return switch (end) {
      case String text ->
          values.stream().allMatch(value -> value instanceof String part && text.contains(part));
      case List<?> list ->
          values.stream().allMatch(value -> anyElement(list, one -> same(one, value)));
      default -> false;
    };
  }

  private static boolean equalsAny(Object one, List<Object> values) {
    for (var value : values) {
      if (same(one, value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(Object a, Object b) {
    return a.equals(b) || (numbers(a, b) && order(a, b) == 0);
  }

  private static boolean comparable(Object a, Object b) {
    return (a instanceof String && b instanceof String) || numbers(a, b);
  }

  private static boolean numbers(Object a, Object b) {
    return a instanceof Number && b instanceof Number;
  }

  /** The order of UTF-8 bytes, which is that of every store's index. */
  private static int byCodePoint(String a, String b) {
    var length = Math.min(a.length(), b.length());
    for (var i = 0; i < length; i++) {
      if (a.charAt(i) != b.charAt(i)) {
        return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  // Surrogates stand for characters beyond all that need none.
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }

  private static int order(Object a, Object b) {
    if (a instanceof String left && b instanceof String right) {
      return byCodePoint(left, right);
    }
    if (a instanceof Long left && b instanceof Long right) {
      return Long.compare(left, right);
    }
    return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
  }
}
