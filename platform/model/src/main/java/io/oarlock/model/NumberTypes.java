package io.oarlock.model;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Reads the Java types of numbers, which need bounds unless the platform alone writes them. */
final class NumberTypes {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> DECIMAL = Set.of(double.class, Double.class);

  private NumberTypes() {}

  static boolean isNumber(Class<?> type) {
    return WHOLE.contains(type) || DECIMAL.contains(type);
  }

  static Optional<ValueType> read(Class<?> type, Facets facets, ModelFaults faults) {
    if (facets.range().isEmpty() && !facets.isReadOnly()) {
      faults.add("is an unbounded number", "Add @Range(min = …, max = …).");
      return Optional.empty();
    }
    var min = facets.range().map(Range::min).orElse(0d);
    if (DECIMAL.contains(type)) {
      var max = facets.range().map(Range::max).orElse(Double.MAX_VALUE);
      return Optional.of(new ValueType.Decimal(BigDecimal.valueOf(min), BigDecimal.valueOf(max)));
    }
    var widest = type == int.class || type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
    var max = facets.range().map(range -> (long) range.max()).orElse(widest);
    return Optional.of(new ValueType.Whole(min.longValue(), Math.min(max, widest)));
  }
}
