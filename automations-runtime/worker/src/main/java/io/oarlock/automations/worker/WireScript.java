package io.oarlock.automations.worker;

import io.oarlock.automations.Script;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.SourceProblem;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Scripts, their errors and their problems as trees.
final class WireScript {

  private WireScript() {}

  static Map<String, Object> tree(Script script) {
    return Map.of(
        "name", script.name(),
        "version", script.version(),
        "source", script.source(),
        "modules", script.modules());
  }

  static Script script(Map<String, Object> tree) throws IOException {
    var modules = new LinkedHashMap<String, String>();
    if (tree.get("modules") instanceof Map<?, ?> map) {
      map.forEach((path, text) -> modules.put(String.valueOf(path), String.valueOf(text)));
    }
    return new Script(text(tree, "name"), text(tree, "version"), text(tree, "source"), modules);
  }

  static Map<String, Object> tree(ScriptError error) {
    return Map.of(
        "message", error.message(),
        "line", error.line(),
        "column", error.column(),
        "stack", error.stack());
  }

  static ScriptError error(Map<String, Object> tree) throws IOException {
    return new ScriptError(
        text(tree, "message"), number(tree, "line"), number(tree, "column"), text(tree, "stack"));
  }

  static Map<String, Object> tree(SourceProblem problem) {
    return Map.of(
        "module", problem.module(),
        "message", problem.message(),
        "line", problem.line(),
        "column", problem.column());
  }

  static List<SourceProblem> problems(List<?> trees) throws IOException {
    var problems = new java.util.ArrayList<SourceProblem>();
    for (var each : trees) {
      if (!(each instanceof Map<?, ?> map)) {
        throw new IOException("a problem that is no object");
      }
      var tree = new LinkedHashMap<String, Object>();
      map.forEach((key, value) -> tree.put(String.valueOf(key), value));
      problems.add(
          new SourceProblem(
              text(tree, "module"),
              text(tree, "message"),
              number(tree, "line"),
              number(tree, "column")));
    }
    return problems;
  }

  private static String text(Map<String, Object> tree, String name) throws IOException {
    if (tree.get(name) instanceof String text) {
      return text;
    }
    throw new IOException("'" + name + "' is no text");
  }

  private static int number(Map<String, Object> tree, String name) throws IOException {
    if (tree.get(name) instanceof Long number) {
      return Math.clamp(number, 0, Integer.MAX_VALUE);
    }
    throw new IOException("'" + name + "' is no number");
  }
}
