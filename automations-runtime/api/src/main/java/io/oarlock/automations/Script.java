package io.oarlock.automations;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The source of one version of an automation.
///
/// @param name shown in errors and stack traces, for example `log-policy-changes`
/// @param version names the saved source, so that a run can say what it ran
/// @param source an ES module, or the original system's plain `when` and `then` functions
/// @param modules what the source may import, by relative path (`./lib/tags.js`)
public record Script(String name, String version, String source, Map<String, String> modules) {

  private static final int NAME_CHARACTERS_MAX = 256;
  private static final int MODULES_MAX = 256;
  private static final int SOURCE_CHARACTERS_MAX = 4 << 20;
  private static final Pattern PATH =
      Pattern.compile(
          "(\\./)?([A-Za-z0-9_@$-][A-Za-z0-9_@$.-]*/)*[A-Za-z0-9_@$-][A-Za-z0-9_@$.-]*");

  public Script {
    if (name.isBlank() || name.length() > NAME_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "a script's name has 1 to " + NAME_CHARACTERS_MAX + " characters");
    }
    if (modules.size() > MODULES_MAX) {
      throw new IllegalArgumentException(
          "a script has at most " + MODULES_MAX + " modules, not " + modules.size());
    }
    var copy = new TreeMap<String, String>();
    modules.forEach((path, text) -> copy.put(normalized(path), text));
    modules = Map.copyOf(copy);
    var characters = modules.values().stream().mapToLong(String::length).sum() + source.length();
    if (characters > SOURCE_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "a script and its modules have at most %d characters, not %d"
              .formatted(SOURCE_CHARACTERS_MAX, characters));
    }
  }

  /// A script that imports nothing.
  public static Script of(String name, String source) {
    return new Script(name, "1", source, Map.of());
  }

  private static String normalized(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no module path: use letters, digits, '-', '_', '.' and '/', as in './lib/tags.js'"
              .formatted(path));
    }
    return path.startsWith("./") ? path.substring(2) : path;
  }
}
