package io.oarlock.model;

import io.oarlock.model.FilterLexer.Kind;
import io.oarlock.model.FilterLexer.Token;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the text of {@code q=}, by recursive descent:
 *
 * <pre>
 * filter    := or | nothing
 * or        := and (OR and)*
 * and       := not (AND not)*
 * not       := NOT not | "(" or ")" | condition
 * condition := attribute comparison value
 *            | attribute [NOT] (CONTAINS | IN | MATCHES) (value | "[" value ("," value)* "]")
 *            | attribute [NOT] EXISTS
 * </pre>
 *
 * Keywords are read in any case. {@code date(…)} and {@code now(…)} become text when the filter is
 * read, so a filter kept for long is kept as text and read anew.
 */
public final class FilterParser {
  /** Longest filter, in UTF-16 units. */
  public static final int TEXT_MAX = 4096;

  /** Deepest nesting of parentheses and NOT. */
  public static final int DEPTH_MAX = 32;

  /** Most conditions. */
  public static final int TERMS_MAX = 128;

  private static final Map<String, Filter.Comparison> COMPARISONS =
      Map.of(
          "==", Filter.Comparison.EQUAL,
          "!=", Filter.Comparison.NOT_EQUAL,
          "<", Filter.Comparison.LESS,
          "<=", Filter.Comparison.LESS_OR_EQUAL,
          ">", Filter.Comparison.GREATER,
          ">=", Filter.Comparison.GREATER_OR_EQUAL);

  private static final Set<String> OPERATORS = Set.of("CONTAINS", "IN", "MATCHES", "EXISTS", "NOT");
  private static final Map<String, String> FOREIGN =
      Map.of("=", "==", "&&", "AND", "||", "OR", "!", "NOT");

  private final String source;
  private final List<Token> tokens;
  private final FilterTyping typing;
  private final FilterValues values;
  private int at;
  private int depth;
  private int terms;

  private FilterParser(String source, FilterTyping typing, Clock clock) {
    if (source.length() > TEXT_MAX) {
      throw new FilterException(
          source,
          TEXT_MAX,
          "a filter has at most " + TEXT_MAX + " characters, this one has " + source.length() + ".",
          Optional.empty());
    }
    this.source = source;
    this.tokens = FilterLexer.tokens(source);
    this.typing = typing;
    this.values = new FilterValues(clock);
  }

  /** Reads a filter whose paths and values nobody checks, by the clock of the machine. */
  public static Filter parse(String text) {
    return parse(text, Clock.systemUTC());
  }

  /** Reads a filter whose paths and values nobody checks. */
  public static Filter parse(String text, Clock clock) {
    return new FilterParser(text, path -> FilterOperand.untyped(path), clock).whole();
  }

  /**
   * Reads a filter on resources of a type: its paths exist, and its values are those of their
   * attributes.
   *
   * @throws FilterException with the column of the first fault
   */
  public static Filter parse(String text, ResourceType type, Clock clock) {
    return new FilterParser(text, path -> FilterOperand.of(type, path), clock).whole();
  }

  /** Whether a text reads differently than a plain word where a value or attribute may stand. */
  static boolean isReserved(String word) {
    return word.equalsIgnoreCase("AND")
        || word.equalsIgnoreCase("OR")
        || OPERATORS.stream().anyMatch(word::equalsIgnoreCase);
  }

  private Filter whole() {
    if (peek().kind() == Kind.END) {
      return new Filter.All();
    }
    var filter = or();
    if (peek().kind() != Kind.END) {
      throw expected(peek().is(")") ? "no ) without a ( before it" : "AND, OR or the end");
    }
    return filter;
  }

  private Filter or() {
    var operands = new ArrayList<Filter>();
    do {
      operands.add(and());
    } while (take("OR"));
    return Filters.or(operands);
  }

  private Filter and() {
    var operands = new ArrayList<Filter>();
    do {
      operands.add(not());
    } while (take("AND"));
    return Filters.and(operands);
  }

  private Filter not() {
    if (peek().isKeyword("NOT")) {
      return nested(() -> new Filter.Not(not()));
    }
    return peek().is("(") ? nested(this::group) : condition();
  }

  private Filter nested(Supplier<Filter> inner) {
    if (++depth > DEPTH_MAX) {
      throw fail(peek(), "a filter nests at most " + DEPTH_MAX + " levels deep.");
    }
    at++;
    var filter = inner.get();
    depth--;
    return filter;
  }

  private Filter group() {
    var filter = or();
    if (!take(")")) {
      throw expected("AND, OR or )");
    }
    return filter;
  }

  private Filter condition() {
    if (++terms > TERMS_MAX) {
      throw fail(peek(), "a filter has at most " + TERMS_MAX + " conditions.");
    }
    var operand = attribute();
    var comparison = peek().kind() == Kind.SYMBOL ? COMPARISONS.get(peek().text()) : null;
    if (comparison != null) {
      return compare(operand, comparison);
    }
    if (!take("NOT")) {
      return operation(operand);
    }
    return new Filter.Not(operation(operand));
  }

  private FilterOperand attribute() {
    var token = peek();
    var named = token.kind() == Kind.QUOTED || token.kind() == Kind.WORD;
    if (!named || (token.kind() == Kind.WORD && isReserved(token.text()))) {
      throw expected("the name of an attribute, NOT or (");
    }
    at++;
    return checked(token, () -> typing.operand(token.text()));
  }

  private Filter compare(FilterOperand operand, Filter.Comparison comparison) {
    var operator = tokens.get(at++);
    checked(operator, () -> operand.check(FilterOperand.use(comparison)));
    if (peek().is("[")) {
      throw fail(peek(), "a list stands after IN, CONTAINS or MATCHES, one value stands here.");
    }
    return new Filter.Compare(operand.path(), comparison, value(operand, operand::value));
  }

  private Filter operation(FilterOperand operand) {
    var token = peek();
    if (take("EXISTS")) {
      return new Filter.Exists(operand.path());
    }
    if (take("IN")) {
      checked(token, () -> operand.check(FilterOperand.Use.EQUALITY));
      return new Filter.In(operand.path(), list(operand, operand::value));
    }
    if (take("CONTAINS")) {
      checked(token, () -> operand.check(FilterOperand.Use.CONTAINS));
      return new Filter.Contains(operand.path(), list(operand, operand::part));
    }
    if (take("MATCHES")) {
      checked(token, () -> operand.check(FilterOperand.Use.MATCHES));
      return new Filter.Matches(operand.path(), list(operand, FilterOperand::pattern));
    }
    throw expected("==, !=, <, <=, >, >=, CONTAINS, IN, MATCHES, EXISTS or NOT with one of these");
  }

  private <V> List<V> list(FilterOperand operand, Function<FilterValues.Literal, V> reader) {
    if (!take("[")) {
      return List.of(value(operand, reader));
    }
    var list = new ArrayList<V>();
    do {
      list.add(value(operand, reader));
    } while (take(","));
    if (!take("]")) {
      throw expected(", or ]");
    }
    return list;
  }

  private <V> V value(FilterOperand operand, Function<FilterValues.Literal, V> reader) {
    var token = peek();
    if (token.kind() != Kind.QUOTED && token.kind() != Kind.WORD) {
      throw expected("a value for " + operand.path());
    }
    if (token.kind() == Kind.WORD && isReserved(token.text())) {
      throw fail(token, "a value is expected, and " + token.shown() + " is a keyword. Quote it.");
    }
    at++;
    var literal = peek().is("(") ? call(token) : checked(token, () -> FilterValues.plain(token));
    if (peek().is("=")) {
      throw fail(peek(), "a value with = in it, such as a tag, stands in quotes.");
    }
    return checked(token, () -> reader.apply(literal));
  }

  private FilterValues.Literal call(Token function) {
    at++;
    var given = peek().kind() == Kind.QUOTED || peek().kind() == Kind.WORD;
    var argument = given ? tokens.get(at++).text() : "";
    if (!take(")")) {
      throw expected(") after the one text in " + function.text() + "()");
    }
    return checked(function, () -> values.call(function.text(), argument));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean take(String word) {
    var found = peek().isKeyword(word) || peek().is(word);
    at += found ? 1 : 0;
    return found;
  }

  private <V> V checked(Token token, Supplier<V> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw fail(token, String.valueOf(e.getMessage()));
    }
  }

  private FilterException expected(String what) {
    var found = peek();
    return new FilterException(
        source, found.start(), "expected " + what + ", found " + found.shown() + ".", hint(found));
  }

  private static Optional<String> hint(Token found) {
    if (found.kind() == Kind.SYMBOL && FOREIGN.containsKey(found.text())) {
      return Optional.of(
          "Write " + FOREIGN.get(found.text()) + " instead of " + found.text() + ".");
    }
    return found.kind() == Kind.WORD
        ? Suggest.didYouMean(
            found.text(), Set.of("AND", "OR", "NOT", "CONTAINS", "IN", "MATCHES", "EXISTS"))
        : Optional.empty();
  }

  private FilterException fail(Token token, String reason) {
    return new FilterException(source, token.start(), reason, Optional.empty());
  }
}
