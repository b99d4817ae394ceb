package io.oarlock.demo;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells what happens, line by line; the event stream speaks in between. Safe for threads. */
final class Narrator {
  private static final int WIDTH = 110;

  private PrintStream out;
  private final boolean colours;
  private int held;
  private int broken;

  Narrator(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** Falls silent: the one it gives speaks last, whatever others still do. */
  synchronized Narrator last() {
    var last = new Narrator(out, colours);
    out = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return last;
  }

  /** How many checks held and how many did not, since the last time this was asked. */
  synchronized Outcome takeOutcome(String story) {
    var outcome = new Outcome(story, held, broken);
    held = 0;
    broken = 0;
    return outcome;
  }

  synchronized void title(String text) {
    out.println();
    out.println(paint("1", text));
  }

  synchronized void say(String text) {
    wrap(text).lines().forEach(line -> out.println("  " + line));
  }

  /** What is sent to whom. */
  synchronized void act(String text) {
    out.println("  " + paint("36", "→ " + cut(text)));
  }

  /** A claim, whether it held, and what was seen. */
  synchronized boolean check(boolean holds, String claim, String seen) {
    var mark = holds ? paint("32", "✔") : paint("31;1", "✘");
    out.println("  " + mark + " " + claim);
    if (!seen.isEmpty()) {
      out.println("    " + paint("2", holds ? cut(seen) : seen));
    }
    if (holds) {
      held++;
    } else {
      broken++;
    }
    return holds;
  }

  /** A line of a log, a ledger or an answer. */
  synchronized void show(String text) {
    out.println("    " + paint("2", cut(text)));
  }

  /** What the event stream says. */
  synchronized void event(String text) {
    out.println("  " + paint("35", cut("┆ " + text)));
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  private static String cut(String text) {
    var line = text.replace('\n', ' ');
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }

  private static String wrap(String text) {
    var wrapped = new StringBuilder();
    var column = 0;
    for (var word : text.split(" ", -1)) {
      if (column > 0 && column + word.length() >= WIDTH - 10) {
        wrapped.append('\n');
        column = 0;
      } else if (column > 0) {
        wrapped.append(' ');
      }
      wrapped.append(word);
      column += word.length() + 1;
    }
    return wrapped.toString();
  }
}
