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

  private final Source ctx = source("ctx");
  private final Map<String, Source> parts =
      Map.of(
          "web", source("web"),
          "url", source("url"),
          "fetch", source("fetch"),
          "original", source("original"));
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
    var file = name + ".js";
    try (var in = Prelude.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is missing beside " + Prelude.class);
      }
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Source.newBuilder("js", text, NAME_PREFIX + file).buildLiteral();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
