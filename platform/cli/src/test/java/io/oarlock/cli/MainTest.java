package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
@Timeout(60)
class MainTest {
  /**
   * Builders start tests in the background, where an interrupt is ignored, and a child inherits
   * that.
   */
  private static final List<String> LISTENING_TO_INTERRUPTS =
      List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");

  @TempDir Path home;

  private Process start(String... words) throws IOException {
    var command = new ArrayList<>(LISTENING_TO_INTERRUPTS);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.oarlock.cli.Main"));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectError(home.resolve("err").toFile());
    builder.environment().put("OARLOCK_HOME", home.toString());
    builder.environment().keySet().removeAll(List.of("OARLOCK_URL", "OARLOCK_TOKEN"));
    return builder.start();
  }

  private static String out(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void dataGoesToStandardOutputAndTheExitCodeTellsTheRest() throws Exception {
    try (var pier = new Pier()) {
      new Shell(home).with(pier);
      assertThat(start("login").waitFor()).isZero();
      pier.put("namespaces", "{\"name\":\"/acme\"}");
      var list = start("api", "list", "namespaces", "-o", "name");
      assertThat(out(list)).isEqualTo("namespace//acme\n");
      assertThat(list.waitFor()).isZero();
      assertThat(start("get", "ns", "/nobody").waitFor()).isEqualTo(Exit.NOT_FOUND);
      assertThat(start("frobnicate").waitFor()).isEqualTo(Exit.USAGE);
      assertThat(Files.readString(home.resolve("err"))).contains("frobnicate");
    }
  }

  @Test
  void anInterruptEndsAWatchWith130() throws Exception {
    try (var pier = new Pier()) {
      new Shell(home).with(pier).run("login");
      pier.streams.add("data: {\"type\":\"namespace\",\"operation\":\"Create\"}\n\n");
      var watch = start("watch", "-o", "json");
      var lines = new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8);
      assertThat(new BufferedReader(lines).readLine()).contains("Create");
      new ProcessBuilder("kill", "-INT", Long.toString(watch.pid())).start().waitFor();
      assertThat(watch.waitFor()).isEqualTo(Exit.INTERRUPTED);
    }
  }
}
