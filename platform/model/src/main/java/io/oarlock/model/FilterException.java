package io.oarlock.model;

import java.util.List;
import java.util.Optional;

/** A filter that cannot be read, with the place where reading stopped. */
public final class FilterException extends Problem {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BEFORE = 48;
  private static final int SHOWN_AFTER = 24;

  private final int column;
  private final String reason;
  private final String excerpt;

  FilterException(String source, int offset, String reason, Optional<String> hint) {
    this(
        source.codePointCount(0, offset) + 1,
        reason + hint.map(fix -> " " + fix).orElse(""),
        excerpt(source, offset));
  }

  private FilterException(int column, String reason, String excerpt) {
    super(
        Kind.MALFORMED,
        "bad-filter",
        "The filter cannot be read",
        "Column " + column + " of the filter: " + reason + "\n" + excerpt,
        List.of());
    this.column = column;
    this.reason = reason;
    this.excerpt = excerpt;
  }

  /** Where reading stopped, from 1, in characters. */
  public int column() {
    return column;
  }

  /** What was expected there, the rule, and the fix when one is known. */
  public String reason() {
    return reason;
  }

  /** Two lines: the text around the place, and a caret below it. */
  public String excerpt() {
    return excerpt;
  }

  private static String excerpt(String source, int offset) {
    var from = Math.max(0, offset - SHOWN_BEFORE);
    var to = Math.min(source.length(), offset + SHOWN_AFTER);
    var before = (from > 0 ? "…" : "") + plain(source.substring(from, offset));
    var after = plain(source.substring(offset, to)) + (to < source.length() ? "…" : "");
    var margin = " ".repeat(before.codePointCount(0, before.length()));
    return "  " + before + after + "\n  " + margin + "^";
  }

  private static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
