package io.oarlock.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the syntax of {@link SafePattern}. */
final class SafePatternParser {
  static final int UNBOUNDED = -1;
  private static final int REPEAT_MAX = 100;
  private static final int DEPTH_MAX = 32;
  private static final int END = -1;

  sealed interface Node {}

  record Char(IntPredicate test) implements Node {}

  record Assert(SafePattern.Assertion assertion) implements Node {}

  record Sequence(List<Node> parts) implements Node {}

  record Choice(List<Node> branches) implements Node {}

  record Repeat(Node part, int min, int max) implements Node {}

  private final String source;
  private final int[] text;
  private final boolean anyCase;
  private int at;
  private int depth;

  private SafePatternParser(String source) {
    this.source = source;
    this.text = source.codePoints().toArray();
    this.anyCase = source.startsWith("(?i)");
    this.at = anyCase ? 4 : 0;
  }

  static Node parse(String source) {
    if (source.length() > SafePattern.LENGTH_MAX) {
      throw new IllegalArgumentException(
          "A regular expression has at most "
              + SafePattern.LENGTH_MAX
              + " characters; shorten it.");
    }
    var parser = new SafePatternParser(source);
    var node = parser.choice();
    if (parser.peek() != END) {
      throw parser.refuse("a ) closes nothing; write \\) for the character");
    }
    return node;
  }

  static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  private Node choice() {
    var branches = new ArrayList<Node>();
    do {
      branches.add(sequence());
    } while (take('|'));
    return new Choice(branches);
  }

  private Node sequence() {
    var parts = new ArrayList<Node>();
    while (peek() != END && peek() != '|' && peek() != ')') {
      parts.add(repeated());
    }
    return new Sequence(parts);
  }

  private Node repeated() {
    var part = atom();
    if (!quantifierFollows()) {
      return part;
    }
    if (part instanceof Assert) {
      throw refuse("there is nothing to repeat before the quantifier");
    }
    var repeat =
        switch (text[at++]) {
          case '*' -> new Repeat(part, 0, UNBOUNDED);
          case '+' -> new Repeat(part, 1, UNBOUNDED);
          case '?' -> new Repeat(part, 0, 1);
          default -> counted(part);
        };
    take('?');
    if (quantifierFollows()) {
      throw refuse("one quantifier follows another; possessive ones are not known");
    }
    return repeat;
  }

  private boolean quantifierFollows() {
    return "*+?{".indexOf(peek()) >= 0;
  }

  private Repeat counted(Node part) {
    var min = number();
    var max = min;
    if (take(',')) {
      max = peek() == '}' ? UNBOUNDED : number();
    }
    if (!take('}')) {
      throw refuse("a { opens a count such as {2} or {2,5}; write \\{ for the character");
    }
    if (max != UNBOUNDED && max < min) {
      throw refuse("a count ends before it starts");
    }
    return new Repeat(part, min, max);
  }

  private int number() {
    var start = at;
    var number = 0;
    while (peek() >= '0' && peek() <= '9' && number <= REPEAT_MAX) {
      number = 10 * number + text[at++] - '0';
    }
    if (start == at || number > REPEAT_MAX) {
      throw refuse("a count is a number from 0 to " + REPEAT_MAX);
    }
    return number;
  }

  private Node atom() {
    var c = text[at++];
    return switch (c) {
      case '(' -> group();
      case '[' -> new Char(set());
      case '.' -> new Char(x -> x != '\n');
      case '^' -> new Assert(SafePattern.Assertion.START);
      case '$' -> new Assert(SafePattern.Assertion.END);
      case '\\' -> escape();
      case '*', '+', '?', '{' -> {
        at--;
        throw refuse("there is nothing to repeat before the quantifier");
      }
      default -> new Char(folded(x -> x == c));
    };
  }

  private Node group() {
    if (take('?') && !take(':')) {
      throw refuse(
          "only (?: and (?i) at the very start may follow \"(\"; look-around is not known");
    }
    if (++depth > DEPTH_MAX) {
      throw refuse("groups nest at most " + DEPTH_MAX + " deep");
    }
    var inner = choice();
    depth--;
    if (!take(')')) {
      throw refuse("a ( is never closed; write \\( for the character");
    }
    return inner;
  }

  private Node escape() {
    if (take('b')) {
      return new Assert(SafePattern.Assertion.WORD_BOUNDARY);
    }
    if (take('B')) {
      return new Assert(SafePattern.Assertion.NO_WORD_BOUNDARY);
    }
    return new Char(escapedSet());
  }

  /** What stands behind a backslash, in and outside of brackets. */
  private IntPredicate escapedSet() {
    if (peek() == END) {
      throw refuse("it ends in a backslash; write \\\\ for the character");
    }
    var c = text[at++];
    return switch (c) {
      case 'd' -> x -> x >= '0' && x <= '9';
      case 'D' -> x -> x < '0' || x > '9';
      case 'w' -> SafePatternParser::isWord;
      case 'W' -> x -> !isWord(x);
      case 's' -> SafePatternParser::isSpace;
      case 'S' -> x -> !isSpace(x);
      default -> {
        var literal = escapedLiteral(c);
        yield folded(x -> x == literal);
      }
    };
  }

  private int escapedLiteral(int c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      default -> {
        if (c > 0x7F || Character.isLetterOrDigit(c)) {
          at--;
          throw refuse(
              "\\" + Character.toString(c) + " is not known; there are no back-references");
        }
        yield c;
      }
    };
  }

  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private IntPredicate set() {
    var negated = take('^');
    IntPredicate members = x -> false;
    do {
      members = members.or(member());
    } while (peek() != ']' && peek() != END);
    if (!take(']')) {
      throw refuse("a [ is never closed; write \\[ for the character");
    }
    return negated ? members.negate() : members;
  }

  private IntPredicate member() {
    if (peek() == '\\' && at + 1 < text.length && "dDwWsS".indexOf(text[at + 1]) >= 0) {
      at++;
      var shorthand = escapedSet();
      if (peek() == '-' && at + 1 < text.length && text[at + 1] != ']') {
        throw refuse("a range starts with one character");
      }
      return shorthand;
    }
    var first = single();
    if (peek() != '-' || at + 1 >= text.length || text[at + 1] == ']') {
      return folded(x -> x == first);
    }
    at++;
    var last = single();
    if (last < first) {
      throw refuse("a range ends before it starts");
    }
    return folded(x -> x >= first && x <= last);
  }

  private int single() {
    var c = peek();
    if (c == END || c == ']' || c == '[') {
      throw refuse("brackets hold at least one character; write \\[ or \\] for these two");
    }
    if (c == '&' && at + 1 < text.length && text[at + 1] == '&') {
      throw refuse("&& in brackets is not known; write \\& for the character");
    }
    at++;
    return c == '\\' && peek() != END ? escapedLiteral(text[at++]) : c;
  }

  private IntPredicate folded(IntPredicate test) {
    return anyCase
        ? c ->
            test.test(c)
                || test.test(Character.toLowerCase(c))
                || test.test(Character.toUpperCase(c))
        : test;
  }

  private int peek() {
    return at < text.length ? text[at] : END;
  }

  private boolean take(int c) {
    var found = peek() == c;
    at += found ? 1 : 0;
    return found;
  }

  private IllegalArgumentException refuse(String reason) {
    return new IllegalArgumentException(
        "%s is not a regular expression Oarlock runs, at character %d: %s."
            .formatted(Quote.of(source), at + 1, reason));
  }
}
