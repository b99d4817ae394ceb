package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rows under headings, aligned by what a terminal shows. */
final class Table {
  private static final String GAP = "   ";
  private static final Pattern WORD_START =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();
  private final int cellMax;

  /** A table whose cells are cut to that many columns. */
  Table(List<String> headings, int cellMax) {
    this.headings = List.copyOf(headings);
    this.cellMax = cellMax;
  }

  void row(List<String> cells) {
    rows.add(cells.stream().map(cell -> Display.cut(Display.line(cell), cellMax)).toList());
  }

  void print(Terminal terminal) {
    var widths = widths();
    terminal.out().println(terminal.bold(line(headings, widths)));
    rows.forEach(row -> terminal.out().println(line(row, widths)));
  }

  private int[] widths() {
    var widths = headings.stream().mapToInt(Display::width).toArray();
    for (var row : rows) {
      for (var i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Display.width(row.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (var i = 0; i < widths.length; i++) {
      var last = i == widths.length - 1;
      line.append(last ? cells.get(i) : Display.padded(cells.get(i), widths[i]) + GAP);
    }
    return line.toString().stripTrailing();
  }

  /** {@code triggerOperations} → {@code TRIGGER OPERATIONS}, {@code localCA} → {@code LOCAL CA}. */
  static String heading(String attribute) {
    return WORD_START.matcher(attribute.replace('.', ' ')).replaceAll(" ").toUpperCase(Locale.ROOT);
  }
}
