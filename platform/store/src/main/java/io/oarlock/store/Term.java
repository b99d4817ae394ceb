package io.oarlock.store;

import io.oarlock.model.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition that an index can answer: the attribute's value lies in one of the intervals.
 *
 * @param exact whether lying there is all it takes; otherwise the condition is tested again
 */
record Term(String path, List<Interval> intervals, boolean exact, Filter source) {
  /** Most intervals one condition is turned into; a longer IN is tested document by document. */
  static final int INTERVALS_MAX = 256;

  /** The conditions of which each must hold. */
  static List<Filter> conditions(Filter filter) {
    return switch (filter) {
      case Filter.All _ -> List.of();
      case Filter.And(var operands) ->
          operands.stream().map(Term::conditions).flatMap(Collection::stream).toList();
      default -> List.of(filter);
    };
  }

  /** What an index can do about a condition; {@code lists} are the attributes holding lists. */
  static Optional<Term> of(Filter condition, Set<String> lists) {
    return switch (condition) {
      case Filter.Compare(var path, var comparison, var value) ->
          compare(condition, path, comparison, value, lists.contains(path));
      case Filter.In(var path, var values) when values.size() <= INTERVALS_MAX ->
          Optional.of(in(condition, path, values, lists.contains(path)));
      // Of a path through a list the end may be text, and then containing means something else.
      case Filter.Contains(var path, var values)
          when lists.contains(path) && path.indexOf('.') < 0 && !values.isEmpty() ->
          Optional.of(
              new Term(path, List.of(point(values.getFirst())), values.size() == 1, condition));
      case Filter.Matches(var path, var patterns) when patterns.size() == 1 ->
          startsWith(condition, path, patterns.getFirst());
      default -> Optional.empty();
    };
  }

  private static Interval point(Object value) {
    return Interval.prefix(Keys.value(value));
  }

  private static Term in(Filter source, String path, List<Object> values, boolean list) {
    var keys = values.stream().map(value -> new ByteKey(Keys.value(value))).distinct();
    var intervals = keys.map(key -> Interval.prefix(key.bytes())).toList();
    return new Term(path, intervals, !list || intervals.size() == 1, source);
  }

  private static Optional<Term> compare(
      Filter source, String path, Filter.Comparison comparison, Object value, boolean list) {
    var key = Keys.value(value);
    var kind = new byte[] {key[0]};
    // Texts longer than a key are ordered by their beginning only, so that the range is wider.
    var whole = !(value instanceof String text) || Keys.whole(text);
    var from = whole ? key : Keys.textPrefix((String) value);
    var beyond = Keys.after(from);
    var interval =
        switch (comparison) {
          case EQUAL -> point(value);
          case NOT_EQUAL -> null;
          case LESS -> Interval.range(kind, whole ? from : beyond);
          case LESS_OR_EQUAL -> Interval.range(kind, beyond);
          case GREATER -> Interval.range(whole ? beyond : from, Keys.after(kind));
          case GREATER_OR_EQUAL -> Interval.range(from, Keys.after(kind));
        };
    if (interval == null) {
      return Optional.empty();
    }
    var exact = interval.point() || (whole && !list);
    return Optional.of(new Term(path, List.of(interval), exact, source));
  }

  private static Optional<Term> startsWith(Filter source, String path, String pattern) {
    var literal = literalStart(pattern);
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    var low = Keys.textPrefix(literal);
    return Optional.of(
        new Term(path, List.of(Interval.range(low, Keys.after(low))), false, source));
  }

  /** The text every match of an anchored pattern starts with; empty if that cannot be told. */
  static String literalStart(String pattern) {
    if (!pattern.startsWith("^") || pattern.contains("|")) {
      return "";
    }
    var end = 1;
    while (end < pattern.length() && isLiteral(pattern.charAt(end))) {
      end++;
    }
    var optional = end < pattern.length() && "?*{".indexOf(pattern.charAt(end)) >= 0;
    return pattern.substring(1, optional ? Math.max(1, end - 1) : end);
  }

  private static boolean isLiteral(char c) {
    return Character.isLetterOrDigit(c) || "_-/=:@ ,;".indexOf(c) >= 0;
  }

  /** Intervals of one attribute, all conditions on it considered: where each of them holds. */
  static List<Interval> intersect(List<Term> terms, boolean list) {
    // Of a list, one element may satisfy one condition and another element the other.
    if (list || terms.size() == 1) {
      return terms.getFirst().intervals();
    }
    var met = terms.getFirst().intervals();
    for (var term : terms.subList(1, terms.size())) {
      var both = new ArrayList<Interval>();
      for (var a : met) {
        for (var b : term.intervals()) {
          overlap(a, b).ifPresent(both::add);
        }
      }
      met = both;
    }
    return met;
  }

  private static Optional<Interval> overlap(Interval a, Interval b) {
    var low = Arrays.compareUnsigned(a.low(), b.low()) >= 0 ? a.low() : b.low();
    var high = Arrays.compareUnsigned(a.high(), b.high()) <= 0 ? a.high() : b.high();
    var met = new Interval(low, high, a.point() || b.point());
    return met.isEmpty() ? Optional.empty() : Optional.of(met);
  }
}
