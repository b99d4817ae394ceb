package io.oarlock.model;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of values without parts, except text. */
final class ScalarRules {
  private ScalarRules() {}

  record Bool() implements Rule {
    @Override
    public void check(Object value, @Nullable Object stored, Findings findings) {
      if (!(value instanceof Boolean)) {
        findings.wrongType("true or false", value);
      }
    }

    @Override
    public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
      return value;
    }
  }

  record Whole(long min, long max) implements Rule {
    @Override
    public void check(Object value, @Nullable Object stored, Findings findings) {
      if (!(value instanceof Number number)) {
        findings.wrongType("a whole number", value);
      } else if (number.doubleValue() != Math.rint(number.doubleValue())) {
        findings.add("wrong-type", "is " + number + "; a whole number is expected");
      } else if (number.longValue() < min || number.longValue() > max) {
        findings.add("out-of-range", "is " + number + "; " + min + " to " + max + " is allowed");
      }
    }

    @Override
    public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
      return value instanceof Number number ? number.longValue() : value;
    }
  }

  record Decimal(BigDecimal min, BigDecimal max, double low, double high) implements Rule {
    Decimal(ValueType.Decimal type) {
      this(type.min(), type.max(), type.min().doubleValue(), type.max().doubleValue());
    }

    @Override
    public void check(Object value, @Nullable Object stored, Findings findings) {
      if (!(value instanceof Number number)) {
        findings.wrongType("a number", value);
      } else if (!(number.doubleValue() >= low && number.doubleValue() <= high)) {
        findings.add("out-of-range", "is " + number + "; " + min + " to " + max + " is allowed");
      }
    }

    @Override
    public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
      return value instanceof Number number ? number.doubleValue() : value;
    }
  }

  record Choice(Set<String> values, String list) implements Rule {
    Choice(ValueType.Choice type) {
      this(Set.copyOf(type.values()), String.join(", ", type.values()));
    }

    @Override
    public void check(Object value, @Nullable Object stored, Findings findings) {
      if (!(value instanceof String word)) {
        findings.wrongType("one of " + list, value);
      } else if (!values.contains(word)) {
        findings.add("not-a-choice", "is not one of " + list, Suggest.didYouMean(word, values));
      }
    }

    @Override
    public Object complete(Object value, @Nullable Object stored, Validator.Mode mode) {
      return value;
    }
  }
}
