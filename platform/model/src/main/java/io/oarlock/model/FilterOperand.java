package io.oarlock.model;

import io.oarlock.model.FilterValues.Literal;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The left side of a condition, and what may stand on its right. Refusals are
 * IllegalArgumentException; the parser adds the column.
 *
 * @param type of the values at the path, without the lists around them; empty when unknown
 * @param many whether there can be several values
 */
record FilterOperand(String path, Optional<ValueType> type, boolean many) {

  /** What a condition does with a value. */
  enum Use {
    EQUALITY,
    ORDER,
    CONTAINS,
    MATCHES
  }

  static Use use(Filter.Comparison comparison) {
    return switch (comparison) {
      case EQUAL, NOT_EQUAL -> Use.EQUALITY;
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> Use.ORDER;
    };
  }

  static FilterOperand untyped(String path) {
    return new FilterOperand(FilterPath.checked(path), Optional.empty(), true);
  }

  static FilterOperand of(ResourceType type, String path) {
    var found = FilterPath.resolve(type, FilterPath.checked(path));
    var many = false;
    while (found instanceof ValueType.ListOf list) {
      found = list.element();
      many = true;
    }
    return found instanceof ValueType.Anything
        ? new FilterOperand(path, Optional.empty(), true)
        : new FilterOperand(path, Optional.of(found), many);
  }

  /** Refuses what makes no sense on such an attribute. */
  boolean check(Use use) {
    type.ifPresent(known -> {
      if (!allowed(known).contains(use)) {
        throw new IllegalArgumentException(
            Quote.of(path) + " " + kind(known) + "; " + advice(known));
      }
    });
    return true;
  }

  private Set<Use> allowed(ValueType known) {
    var uses =
        switch (known) {
          case ValueType.Text text when text.format() == TextFormat.DURATION ->
              Set.of(Use.EQUALITY, Use.CONTAINS, Use.MATCHES);
          case ValueType.Text text -> Set.of(Use.values());
          case ValueType.Choice choice -> Set.of(Use.EQUALITY, Use.MATCHES, Use.CONTAINS);
          case ValueType.Bool bool -> Set.of(Use.EQUALITY);
          case ValueType.Whole whole -> Set.of(Use.EQUALITY, Use.ORDER);
          case ValueType.Decimal decimal -> Set.of(Use.EQUALITY, Use.ORDER);
          default -> Set.<Use>of();
        };
    return many && uses.contains(Use.EQUALITY)
        ? Stream.concat(uses.stream(), Stream.of(Use.CONTAINS))
            .collect(Collectors.toUnmodifiableSet())
        : uses;
  }

  static String kind(ValueType type) {
    return switch (type) {
      case ValueType.Text text when text.format() == TextFormat.DURATION ->
          "is a duration, kept as text without an order";
      case ValueType.Text text -> "is a text";
      case ValueType.Choice choice -> "is one of a few words";
      case ValueType.Bool bool -> "is true or false";
      case ValueType.Whole whole -> "is a whole number";
      case ValueType.Decimal decimal -> "is a number";
      case ValueType.ListOf list -> "is a list";
      case ValueType.MapOf map -> "is an object";
      case ValueType.ObjectOf object -> "is an object";
      case ValueType.OneOf oneOf -> "is an object";
      case ValueType.Anything anything -> "is any value";
    };
  }

  private static String advice(ValueType type) {
    return switch (type) {
      case ValueType.Text text -> "use ==, != or IN.";
      case ValueType.Choice choice -> "use ==, !=, IN or MATCHES.";
      case ValueType.Bool bool -> "use == or !=.";
      case ValueType.Whole whole -> "use ==, !=, <, <=, >, >= or IN.";
      case ValueType.Decimal decimal -> "use ==, !=, <, <=, >, >= or IN.";
      default -> "use EXISTS, or name one of its attributes after a dot.";
    };
  }

  /** A value to compare with, in the form the attribute is stored in. */
  Object value(Literal literal) {
    return type.map(known -> coerce(known, literal)).orElse(literal.value());
  }

  /** A value to look for inside: an element of a list, or a piece of a text. */
  Object part(Literal literal) {
    return many || type.isEmpty() ? value(literal) : literal.text();
  }

  static String pattern(Literal literal) {
    SafePattern.compile(literal.text());
    return literal.text();
  }

  private Object coerce(ValueType known, Literal literal) {
    return switch (known) {
      case ValueType.Text text -> text(text, literal.text());
      case ValueType.Choice choice -> choice(choice, literal.text());
      case ValueType.Bool bool -> bool(literal);
      case ValueType.Whole whole -> whole(literal);
      case ValueType.Decimal decimal -> decimal(literal);
      default -> literal.value();
    };
  }

  private static String text(ValueType.Text type, String text) {
    return switch (type.format()) {
      case INSTANT -> Instants.text(FilterValues.instant(text));
      case DURATION -> Durations.text(Durations.parse(text));
      default -> text;
    };
  }

  private String choice(ValueType.Choice choice, String word) {
    if (choice.values().contains(word)) {
      return word;
    }
    throw new IllegalArgumentException(
        "%s is no value of %s, which is one of %s.%s"
            .formatted(
                Quote.of(word),
                path,
                String.join(", ", choice.values()),
                Suggest.didYouMean(word, choice.values()).map(hint -> " " + hint).orElse("")));
  }

  private Boolean bool(Literal literal) {
    return switch (literal.text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw misfit(literal, "true or false");
    };
  }

  private Long whole(Literal literal) {
    try {
      return Long.valueOf(literal.text());
    } catch (NumberFormatException _) {
      throw misfit(literal, "a whole number");
    }
  }

  private Double decimal(Literal literal) {
    try {
      return new BigDecimal(literal.text()).doubleValue();
    } catch (NumberFormatException _) {
      throw misfit(literal, "a number");
    }
  }

  private IllegalArgumentException misfit(Literal literal, String wanted) {
    return new IllegalArgumentException(
        "%s is %s, and %s is not; write a value of that kind."
            .formatted(path, wanted, Quote.of(literal.text())));
  }
}
