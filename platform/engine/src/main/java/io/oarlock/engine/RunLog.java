package io.oarlock.engine;

import io.oarlock.automations.LogLine;
import io.oarlock.model.Instants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a run said and did, as far as its record keeps it. Safe for several threads. */
final class RunLog {
  private static final int LINES_MAX = 10_000;
  private static final int EFFECTS_MAX = 1000;
  private static final String CUT = "…";

  private final List<Object> lines = new ArrayList<>();
  private final List<Object> effects = new ArrayList<>();
  private final Map<String, TreeSet<String>> used = new TreeMap<>();
  private long dropped;

  static RunLog empty() {
    return new RunLog();
  }

  synchronized void add(LogLine line) {
    if (lines.size() >= LINES_MAX) {
      dropped += line.message().length();
      return;
    }
    var tree = new LinkedHashMap<String, Object>();
    tree.put("at", Instants.text(line.at()));
    tree.put("level", line.level());
    tree.put("message", line.message());
    lines.add(tree);
  }

  synchronized void effect(String kind, Map<String, Object> detail) {
    if (effects.size() < EFFECTS_MAX) {
      effects.add(Map.of("kind", kind, "detail", detail));
    }
  }

  synchronized void used(String type, String verb) {
    used.computeIfAbsent(type, _ -> new TreeSet<>()).add(verb);
  }

  synchronized List<Object> lines() {
    return List.copyOf(lines);
  }

  synchronized List<Object> effects() {
    return List.copyOf(effects);
  }

  synchronized Map<String, Object> used() {
    var map = new LinkedHashMap<String, Object>();
    used.forEach((type, verbs) -> map.put(type, List.copyOf(verbs)));
    return map;
  }

  synchronized long dropped() {
    return dropped;
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + CUT;
  }
}
