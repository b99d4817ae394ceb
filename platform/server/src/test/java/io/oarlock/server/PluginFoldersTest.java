package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that strangers build against the SPI alone, in a platform that never heard of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PluginFoldersTest {
  private static final String SERVICE = "META-INF/services/io.oarlock.spi.SinkPlugin";

  @TempDir Path home;
  @TempDir Path work;

  private static final String POSTER =
      """
      package org.example;

      import io.oarlock.spi.*;
      import java.util.*;

      public final class Poster implements SinkPlugin {
        @Override public Set<String> kinds() { return Set.of("KIND"); }

        @Override public List<Fault> faults(SinkSettings settings) {
          return settings.text("to").isPresent()
              ? List.of()
              : List.of(new Fault("to", "Say in to where events are posted."));
        }

        @Override public Sink open(SinkSettings settings, SinkContext context) {
          var to = settings.required("to");
          return batch -> {
            var ids = new ArrayList<String>();
            batch.forEach(each -> ids.add(each.type()));
            var body = Greeting.WORD + " " + ids + " " + sees("io.oarlock.engine.Engine")
                + sees("io.vertx.core.Vertx") + sees("io.oarlock.spi.Sink");
            var reply = context.http(
                new SinkContext.HttpRequest("POST", to, Map.of(), body));
            if (!reply.isGood()) throw SinkException.later("status " + reply.status());
          };
        }

        private static String sees(String name) {
          try {
            return Class.forName(name) == null ? "" : "seen;";
          } catch (ClassNotFoundException e) {
            return "hidden;";
          }
        }
      }
      """;

  private static final String GREETING =
      "package org.example; final class Greeting { static final String WORD = word();"
          + " static String word() { return \"ahoy\"; } }";

  @Test
  void aPluginBuiltElsewhereGetsTheEventsAndSeesNothingElseOfThePlatform() throws Exception {
    plugin("carrier", "Carrier");
    try (var receiver = new Elsewhere("");
        var platform = Program.up(home, "--http", "--port", "0")) {
      var admin = platform.admin();
      admin.create("/", "namespaces", Map.of("name", "acme"));
      admin.create(
          "/acme", "egresspolicies", Map.of("name", "out", "allow", List.of("127.0.0.0/8")));

      var misspelt = forwarder("Carier", Map.of("to", receiver.url()));
      assertThat(admin.post("/acme", "eventforwarders", Json.text(misspelt)).expect(422).body())
          .contains("no-plugin", "there are Carrier");
      var bare = forwarder("Carrier", Map.of());
      assertThat(admin.post("/acme", "eventforwarders", Json.text(bare)).expect(422).firstError())
          .asString()
          .contains("/sink/settings/to", "Say in to where events are posted.");
      var declared = forwarder("Http", Map.of("url", receiver.url()));
      admin.post("/acme", "eventforwarders", Json.text(declared)).expect(422);

      admin.create("/acme", "eventforwarders", forwarder("Carrier", Map.of("to", receiver.url())));
      admin.create("/acme", "networkaccesspolicies", Map.of("name", "p", "action", "Reject"));

      assertThat(receiver.next()).contains("ahoy [networkaccesspolicy] hidden;hidden;seen;");
    }
  }

  private static Map<String, Object> forwarder(String type, Map<String, Object> settings) {
    return Map.of(
        "name",
        "out",
        "types",
        List.of("networkaccesspolicy"),
        "batch",
        Map.of("maxWait", "PT0.1S"),
        "sink",
        Map.of("kind", "Plugin", "type", type, "settings", settings));
  }

  @Test
  void aFolderThatIsNotAsItShouldBeStopsTheStartWithTheFix() throws Exception {
    var folder = Files.createDirectories(home.resolve("plugins").resolve("broken"));
    refused("has no jar");

    jar(folder, Map.of("nothing.txt", new byte[0]));
    refused("offers nothing");

    jar(folder, Map.of(SERVICE, "org.example.Gone".getBytes(UTF_8)));
    refused("cannot be used", "org.example.Gone", "move the folder away");

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
    refused("Others may write to " + folder, "chmod go-w");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    plugin("broken", "Http");
    refused("Two plugins make sinks of the kind Http", "Remove one of them");
  }

  private void refused(String... words) throws Exception {
    var ended = Program.run(Main.class, home, "up", "--http", "--port", "0");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).startsWith("oarlock: ").contains(words);
    assertThat(ended.out()).isEmpty();
  }

  /** Compiles and packs a plugin that makes sinks of a kind. */
  private void plugin(String name, String kind) throws IOException {
    var classes = Files.createDirectories(work.resolve(name));
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var options =
        List.of(
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    var sources =
        List.of(source("Poster", POSTER.replace("KIND", kind)), source("Greeting", GREETING));
    assertThat(compiler.getTask(null, null, null, options, null, sources).call()).isTrue();
    var content = new java.util.TreeMap<String, byte[]>();
    content.put(SERVICE, "org.example.Poster".getBytes(UTF_8));
    try (Stream<Path> files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        content.put(classes.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    jar(Files.createDirectories(home.resolve("plugins").resolve(name)), content);
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///org/example/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean lenient) {
        return text;
      }
    };
  }

  private static void jar(Path folder, Map<String, byte[]> content) throws IOException {
    try (OutputStream file = Files.newOutputStream(folder.resolve("plugin.jar"));
        var jar = new JarOutputStream(file)) {
      for (var entry : content.entrySet()) {
        jar.putNextEntry(new JarEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
  }
}
