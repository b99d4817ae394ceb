package io.oarlock.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of trees as JSON that people read: short ones on one line, long ones indented. */
final class TreeText {
  private static final int LINE_MAX = 80;
  private static final String INDENT = "  ";

  private TreeText() {}

  /** The value over as many lines as it needs. */
  static String lines(@Nullable Object value) {
    return lines(value, "");
  }

  private static String lines(@Nullable Object value, String indent) {
    var line = line(value);
    if (indent.length() + line.length() <= LINE_MAX) {
      return line;
    }
    var inner = indent + INDENT;
    return switch (value) {
      case Map<?, ?> map ->
          block(
              '{',
              map.entrySet().stream()
                  .map(each -> line(each.getKey()) + ": " + lines(each.getValue(), inner))
                  .toList(),
              '}',
              indent);
      case Collection<?> list ->
          block('[', list.stream().map(each -> lines(each, inner)).toList(), ']', indent);
      case null, default -> line;
    };
  }

  private static String block(char open, List<String> parts, char close, String indent) {
    var separator = ",\n" + indent + INDENT;
    return open + "\n" + indent + INDENT + String.join(separator, parts) + "\n" + indent + close;
  }

  /** The value on one line. */
  static String line(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(each -> line(each.getKey()) + ": " + line(each.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Collection<?> list ->
          list.stream().map(TreeText::line).collect(Collectors.joining(", ", "[", "]"));
      case String text -> quoted(text);
      case null, default -> String.valueOf(value);
    };
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (var i = 0; i < text.length(); i++) {
      quoted.append(escaped(text.charAt(i)));
    }
    return quoted.append('"').toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default -> c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
    };
  }
}
