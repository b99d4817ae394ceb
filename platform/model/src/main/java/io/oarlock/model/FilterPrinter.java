package io.oarlock.model;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a filter in the text form. */
final class FilterPrinter {
  private FilterPrinter() {}

  static String print(Filter filter) {
    return filter instanceof Filter.All ? "" : part(filter);
  }

  private static String part(Filter filter) {
    return switch (filter) {
      case Filter.All all ->
          throw new IllegalArgumentException("Everything has no text inside another filter");
      case Filter.And(var operands) -> joined(operands, " AND ");
      case Filter.Or(var operands) -> joined(operands, " OR ");
      case Filter.Not(var operand) -> negated(operand);
      case Filter.Compare(var path, var comparison, var value) ->
          path(path) + " " + symbol(comparison) + " " + value(value);
      default -> operation(filter, "");
    };
  }

  private static String joined(List<Filter> operands, String between) {
    return operands.stream().map(FilterPrinter::operand).collect(Collectors.joining(between));
  }

  private static String operand(Filter filter) {
    return filter instanceof Filter.And || filter instanceof Filter.Or
        ? "(" + part(filter) + ")"
        : part(filter);
  }

  private static String negated(Filter operand) {
    return switch (operand) {
      case Filter.In in -> operation(in, "NOT ");
      case Filter.Contains contains -> operation(contains, "NOT ");
      case Filter.Matches matches -> operation(matches, "NOT ");
      case Filter.Exists exists -> operation(exists, "NOT ");
      default -> "NOT " + operand(operand);
    };
  }

  private static String operation(Filter filter, String not) {
    return switch (filter) {
      case Filter.In(var path, var values) -> path(path) + " " + not + "IN " + list(values);
      case Filter.Contains(var path, var values) ->
          path(path) + " " + not + "CONTAINS " + list(values);
      case Filter.Matches(var path, var patterns) ->
          path(path) + " " + not + "MATCHES " + list(patterns);
      case Filter.Exists(var path) -> path(path) + " " + not + "EXISTS";
      default -> throw new IllegalArgumentException("No operation: " + filter);
    };
  }

  private static String list(List<?> values) {
    return values.size() == 1
        ? value(values.getFirst())
        : values.stream().map(FilterPrinter::value).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String value(Object value) {
    return value instanceof String text ? quoted(text) : value.toString();
  }

  private static String path(String path) {
    return FilterLexer.isWord(path) && !FilterParser.isReserved(path) ? path : quoted(path);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String symbol(Filter.Comparison comparison) {
    return switch (comparison) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }
}
