package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of JSONPath scripts need: names, {@code ['name']}, {@code [2]}, {@code [-1]}, {@code
 * [*]}. Written plainly ({@code .name}) or as text around paths in braces ({@code {.name}={.id}}).
 */
final class JsonPath {
  private final String text;

  JsonPath(String text) {
    this.text = text;
  }

  /** The text this makes of one resource. */
  String of(@Nullable Object tree) {
    if (text.indexOf('{') < 0) {
      return path(text, tree);
    }
    var out = new StringBuilder();
    var at = 0;
    for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      out.append(unescaped(text.substring(at, open)));
      var close = text.indexOf('}', open);
      if (close < 0) {
        throw wrong("the { at column " + (open + 1) + " is not closed");
      }
      out.append(path(text.substring(open + 1, close), tree));
      at = close + 1;
    }
    return out.append(unescaped(text.substring(at))).toString();
  }

  private static String unescaped(String literal) {
    return literal.replace("\\n", "\n").replace("\\t", "\t");
  }

  private String path(String path, @Nullable Object tree) {
    var values = new ArrayList<@Nullable Object>();
    values.add(tree);
    for (var step : steps(path)) {
      var reached = new ArrayList<@Nullable Object>();
      values.forEach(value -> reached.addAll(next(value, step)));
      values = reached;
    }
    return values.stream()
        .filter(Objects::nonNull)
        .map(JsonPath::shown)
        .collect(Collectors.joining(" "));
  }

  private static String shown(Object value) {
    return value instanceof Map || value instanceof List
        ? io.oarlock.json.Json.text(value)
        : value.toString();
  }

  private static List<@Nullable Object> next(@Nullable Object value, String step) {
    var found = new ArrayList<@Nullable Object>();
    switch (value) {
      case Map<?, ?> map when step.equals("*") -> found.addAll(map.values());
      case Map<?, ?> map when map.containsKey(step) -> found.add(map.get(step));
      case List<?> list when step.equals("*") -> found.addAll(list);
      case List<?> list when step.matches("-?\\d{1,9}") -> {
        var index = Integer.parseInt(step);
        var place = index < 0 ? list.size() + index : index;
        if (place >= 0 && place < list.size()) {
          found.add(list.get(place));
        }
      }
      case null, default -> {
        // Nothing stands there: a path that leads nowhere prints nothing.
      }
    }
    return found;
  }

  private List<String> steps(String path) {
    var steps = new ArrayList<String>();
    var at = path.startsWith("$") ? 1 : 0;
    while (at < path.length()) {
      if (path.charAt(at) == '[') {
        var close = path.indexOf(']', at);
        if (close < 0) {
          throw wrong("the [ at column " + (at + 1) + " is not closed");
        }
        steps.add(unquoted(path.substring(at + 1, close)));
        at = close + 1;
      } else {
        var start = path.charAt(at) == '.' ? at + 1 : at;
        var end = start;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
          end++;
        }
        if (end > start) {
          steps.add(path.substring(start, end));
        } else if (end < path.length() || start == at) {
          throw wrong("a name is missing at column " + (start + 1));
        }
        at = end;
      }
    }
    return steps;
  }

  private static String unquoted(String text) {
    var quoted = text.length() >= 2 && (text.startsWith("'") || text.startsWith("\""));
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private Failure wrong(String reason) {
    return Failure.usage(
        "Not a path: " + text, reason, "Examples: .name, .trigger.kind, .logs[*].message");
  }
}
