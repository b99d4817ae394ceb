package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the automations of a planned app would have done, for people. */
final class AppRehearsals {
  private static final int CELL_MAX = 100;
  private static final int EFFECTS_SHOWN = 5;

  private AppRehearsals() {}

  /** A row for each that listens to events; nothing when none does. */
  static void print(Terminal terminal, List<Map<String, Object>> rehearsals) {
    if (rehearsals.isEmpty()) {
      return;
    }
    var since = Tree.text(rehearsals.getFirst(), "since").orElse("");
    terminal.note(Display.line("What it would have done since " + since + ":"));
    var table =
        new Table(
            List.of("AUTOMATION", "EVENTS", "OK", "SKIPPED", "FAILED", "WRITES AND REQUESTS"),
            CELL_MAX);
    rehearsals.forEach(each -> table.row(row(each)));
    table.print(terminal);
    for (var each : rehearsals) {
      Tree.text(each, "fault")
          .ifPresent(fault -> terminal.note(Display.line("  " + name(each) + ": " + fault)));
    }
  }

  private static String name(Map<String, Object> rehearsal) {
    return Tree.text(rehearsal, "automation").orElse("");
  }

  private static List<String> row(Map<String, Object> rehearsal) {
    var row = new ArrayList<String>();
    row.add(name(rehearsal));
    for (var count : List.of("events", "succeeded", "skipped", "failed")) {
      row.add(String.valueOf(rehearsal.get(count)));
    }
    var effects = Tree.maps(rehearsal.get("effects"));
    var shown =
        new ArrayList<>(
            effects.stream()
                .limit(EFFECTS_SHOWN)
                .map(each -> each.get("count") + " × " + each.get("what"))
                .toList());
    if (effects.size() > EFFECTS_SHOWN) {
      shown.add("and " + (effects.size() - EFFECTS_SHOWN) + " others");
    }
    row.add(shown.isEmpty() ? "none" : String.join(", ", shown));
    return row;
  }
}
