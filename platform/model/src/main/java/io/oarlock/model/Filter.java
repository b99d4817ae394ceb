package io.oarlock.model;

import java.util.List;

/**
 * A condition on a resource in tree form, read from {@code q=}. AND binds tighter than OR.
 *
 * <p>Paths name attributes, nested ones with dots. A comparison with an attribute holding a list is
 * true when it is true for one element; only NOT_EQUAL is the exact opposite of EQUAL, true when no
 * element equals the value and when the attribute is absent. Values are String, Long, Double or
 * Boolean; instants are text in the one form the platform writes, so that text order is time order.
 * Kinds are never converted: a comparison of a text with a number is false.
 */
public sealed interface Filter {

  /** True for everything. */
  record All() implements Filter {}

  /** True when each is. */
  record And(List<Filter> operands) implements Filter {
    public And {
      operands = List.copyOf(operands);
    }
  }

  /** True when one is. */
  record Or(List<Filter> operands) implements Filter {
    public Or {
      operands = List.copyOf(operands);
    }
  }

  /** True when the operand is not. */
  record Not(Filter operand) implements Filter {}

  /** A comparison of an attribute with a value. */
  record Compare(String path, Comparison comparison, Object value) implements Filter {}

  /** True when the attribute has one of the values. */
  record In(String path, List<Object> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }
  }

  /** True when a list attribute has all the values, or a text attribute contains the text. */
  record Contains(String path, List<Object> values) implements Filter {
    public Contains {
      values = List.copyOf(values);
    }
  }

  /** True when one of the regular expressions, see SafePattern, is found in the attribute. */
  record Matches(String path, List<String> patterns) implements Filter {
    public Matches {
      patterns = List.copyOf(patterns);
    }
  }

  /** True when the attribute is there. */
  record Exists(String path) implements Filter {}

  /** How a value is compared. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }
}
