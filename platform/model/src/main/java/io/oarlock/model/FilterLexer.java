package io.oarlock.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a filter into words, quoted texts and symbols. */
final class FilterLexer {

  enum Kind {
    WORD,
    QUOTED,
    SYMBOL,
    END
  }

  /**
   * A piece of the filter.
   *
   * @param text what it says: of a quoted text, without the quotes and escapes
   * @param start offset of its first character
   */
  record Token(Kind kind, String text, int start) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isKeyword(String keyword) {
      return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    String shown() {
      return switch (kind) {
        case END -> "the end";
        case QUOTED, WORD, SYMBOL -> Quote.of(text);
      };
    }
  }

  private static final String WORD_MARKS = "-_@:$#./*";
  private static final List<String> SYMBOLS =
      List.of("==", "!=", "<=", ">=", "&&", "||", "<", ">", "(", ")", "[", "]", ",", "=", "!");

  private final String source;
  private int at;

  private FilterLexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    var lexer = new FilterLexer(source);
    var tokens = new ArrayList<Token>();
    do {
      tokens.add(lexer.next());
    } while (tokens.getLast().kind() != Kind.END);
    return tokens;
  }

  /** Whether the text can stand in a filter without quotes. */
  static boolean isWord(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(FilterLexer::inWord);
  }

  private static boolean inWord(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || WORD_MARKS.indexOf(c) >= 0;
  }

  private Token next() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
    if (at == source.length()) {
      return new Token(Kind.END, "", at);
    }
    var c = source.codePointAt(at);
    if (c == '"' || c == '\'') {
      return quoted((char) c);
    }
    return inWord(c) ? word() : symbol();
  }

  private Token word() {
    var start = at;
    while (at < source.length() && inWord(source.codePointAt(at))) {
      at += Character.charCount(source.codePointAt(at));
    }
    return new Token(Kind.WORD, nfc(source.substring(start, at)), start);
  }

  private Token quoted(char quote) {
    var start = at++;
    var text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != quote) {
      if (escapes(quote)) {
        at++;
      }
      text.append(source.charAt(at++));
    }
    if (at == source.length()) {
      throw new FilterException(
          source,
          start,
          "the text that starts here never ends.",
          Optional.of("Add a " + quote + "."));
    }
    at++;
    return new Token(Kind.QUOTED, nfc(text.toString()), start);
  }

  /** Any other backslash stands for itself, so that regular expressions need not double theirs. */
  private boolean escapes(char quote) {
    return source.charAt(at) == '\\'
        && at + 1 < source.length()
        && (source.charAt(at + 1) == quote || source.charAt(at + 1) == '\\');
  }

  private Token symbol() {
    for (var symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        at += symbol.length();
        return new Token(Kind.SYMBOL, symbol, at - symbol.length());
      }
    }
    throw new FilterException(
        source,
        at,
        "the character "
            + Quote.of(source.substring(at, source.offsetByCodePoints(at, 1)))
            + " means nothing in a filter.",
        Optional.of("Put texts with such characters in quotes."));
  }

  private static String nfc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
