package io.oarlock.enforcer.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that was looked at by {@code enforcer selftest}.
 *
 * @param seen what was found
 * @param fix what to do about it; empty when nothing needs to be done
 */
record Check(String name, State state, String seen, String fix) {
  private static final String LINE = "%-8s %-13s %s%n";

  /** What came of it. */
  enum State {
    OK("ok"),
    FAILED("FAILED"),
    /** There was nothing to look at yet. */
    SKIPPED("skipped");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  /** Looks at something; gives what was found. */
  interface Look {
    String take() throws Exception;
  }

  /** What is found is good unless the look fails, of whatever reason. */
  static Check of(String name, String fix, Look look) {
    try {
      return new Check(name, State.OK, look.take(), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Check(name, State.FAILED, "it was interrupted", fix);
    } catch (Exception | LinkageError e) {
      // A look may fail in any way, and each is worth being told; a missing native library is one.
      var reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Check(name, State.FAILED, reason.strip(), fix);
    }
  }

  static Check skipped(String name, String why, String fix) {
    return new Check(name, State.SKIPPED, why, fix);
  }

  boolean failed() {
    return state == State.FAILED;
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("name", name);
    tree.put("state", state.word);
    tree.put("seen", seen);
    tree.put("fix", fix);
    return tree;
  }

  /** A table for people, with a line below each check that asks for something. */
  static String table(List<Check> checks) {
    var text = new StringBuilder();
    for (var check : checks) {
      text.append(LINE.formatted(check.state.word, check.name, check.seen));
      if (!check.fix.isEmpty()) {
        text.append(LINE.formatted("", "", "→ " + check.fix));
      }
    }
    var failed = checks.stream().filter(Check::failed).count();
    text.append(
        failed == 0
            ? "\nNothing is in the way."
            : "\n%d of %d checks failed.".formatted(failed, checks.size()));
    return text.toString();
  }
}
