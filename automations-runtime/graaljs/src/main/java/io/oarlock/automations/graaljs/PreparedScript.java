package io.oarlock.automations.graaljs;

import io.oarlock.automations.Script;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Source;

/// A script with the sources the engine keeps its parsed form under.
final class PreparedScript {

  private static final Pattern MODULE = Pattern.compile("(?m)^\\s*(export|import)\\b");
  private static final Pattern PLAIN = Pattern.compile("\\bfunction\\s+(when|then)\\s*\\(");

  private final Source main;
  private final ModuleFiles files;
  private final boolean plain;

  PreparedScript(Script script) {
    plain = isPlain(script.source());
    main =
        plain
            ? source(script.name(), script.source(), "application/javascript")
            : module(script.name(), script.source());
    files = new ModuleFiles(script.modules());
  }

  /// Whether this is a source of the original system, which exports nothing.
  private static boolean isPlain(String source) {
    return PLAIN.matcher(source).find() && !MODULE.matcher(source).find();
  }

  static Source module(String name, String text) {
    return source(name, text, "application/javascript+module");
  }

  private static Source source(String name, String text, String type) {
    return Source.newBuilder("js", text, name).mimeType(type).buildLiteral();
  }

  Source main() {
    return main;
  }

  ModuleFiles files() {
    return files;
  }

  boolean plain() {
    return plain;
  }
}
