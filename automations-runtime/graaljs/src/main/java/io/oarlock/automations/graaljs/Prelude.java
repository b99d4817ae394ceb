package io.oarlock.automations.graaljs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/// The JavaScript around every script, read once.
final class Prelude {

  static final String NAME_PREFIX = "oarlock:";

  private static final String UNDERSCORE =
      "/META-INF/resources/webjars/underscore/1.13.7/underscore-umd-min.js";

  private final Source ctx = source("ctx");
  private final Map<String, Source> parts =
      Map.of(
          "web", source("web"),
          "url", source("url"),
          "fetch", source("fetch"),
          "original", source("original"),
          "underscore", underscore());
  private final Source plainFunctions =
      Source.newBuilder(
              "js",
              "({ when: typeof when === 'function' ? when : undefined,"
                  + " then: typeof then === 'function' ? then : undefined })",
              NAME_PREFIX + "plain.js")
          .buildLiteral();

  Value ctx(Context context) {
    return context.eval(ctx);
  }

  Value part(Context context, String name) {
    var found = parts.get(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " is no part of the prelude");
    }
    return context.eval(found);
  }

  Value plainFunctions(Context context) {
    return context.eval(plainFunctions);
  }

  private static Source source(String name) {
    return source(name + ".js", text(name + ".js"));
  }

  /// The library as it is, in what it takes for a module of Node.
  private static Source underscore() {
    return source(
        "underscore.js",
        "(function () { const module = { exports: {} }, exports = module.exports; "
            + text(UNDERSCORE)
            + "\n; return { _: module.exports }; })");
  }

  private static Source source(String file, String text) {
    return Source.newBuilder("js", text, NAME_PREFIX + file).buildLiteral();
  }

  private static String text(String file) {
    try (var in = Prelude.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing beside " + Prelude.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
