package io.oarlock.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Where a command reads and writes: data to {@code out}, everything said to a person to {@code
 * err}.
 *
 * @param colors whether escape sequences may be written
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, boolean colors) {

  /** The person at the keyboard; empty when input or output is a file or a pipe. */
  static Optional<Console> person() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  String bold(String text) {
    return style("1", text);
  }

  String dim(String text) {
    return style("2", text);
  }

  String red(String text) {
    return style("31", text);
  }

  String green(String text) {
    return style("32", text);
  }

  String yellow(String text) {
    return style("33", text);
  }

  private String style(String code, String text) {
    return colors ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  void print(Failure failure) {
    err.println(bold(red("error: ")) + bold(failure.title()));
    failure.lines().forEach(line -> err.println("  " + line));
  }

  /** A remark that is not data. */
  void note(String text) {
    err.println(text);
  }
}
