package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./oarlock demo enforcement} as a newcomer plays it, against a real platform. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnforcementDemoTest {
  private static final long PATIENCE_SECONDS = 60;

  /** The demo is a process whose children must hear an interrupt, whatever started the tests. */
  private static final String[] LISTENING_TO_INTERRUPTS = {
    "perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"
  };

  @TempDir private static Path folder = Path.of("");
  private Process platform;

  @BeforeAll
  void build() throws IOException {
    ThreeTiersTest.requireRoot();
    Files.writeString(folder.resolve("oarlock"), launcher());
    Files.setPosixFilePermissions(
        folder.resolve("oarlock"), PosixFilePermissions.fromString("rwx------"));
    platform = start(java(io.oarlock.server.Main.class, "up", "--json", "--port", "0"), "platform");
    var ready = platform.inputReader().readLine();
    assertThat(Json.parseObject(Objects.requireNonNull(ready, () -> errors("platform"))))
        .containsKey("url");
  }

  /** What the launcher of a checkout does with the words the demo says to it, less its build. */
  private static String launcher() {
    return """
    #!/bin/sh
    case $1 in
      enforcer) shift; exec %s "$@" ;;
      *) exec %s "$@" ;;
    esac
    """
        .formatted(
            String.join(" ", java(io.oarlock.enforcer.agent.Main.class)),
            String.join(" ", java(io.oarlock.cli.Main.class)));
  }

  private static List<String> java(Class<?> main, String... words) {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(words));
    return command;
  }

  private static List<String> demo(String... before) {
    var command = new ArrayList<>(List.of(before));
    command.addAll(java(io.oarlock.demo.Main.class, "enforcement"));
    return command;
  }

  private static Process start(List<String> command, String name) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(folder.resolve(name + ".err").toFile());
    builder.environment().put("OARLOCK_HOME", folder.resolve("home").toString());
    builder.environment().put("OARLOCK_LAUNCHER", folder.resolve("oarlock").toString());
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static String errors(String name) {
    try {
      return Files.readString(folder.resolve(name + ".err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterAll
  void takeDown() throws InterruptedException {
    if (platform != null) {
      platform.destroyForcibly();
      assertThat(platform.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void everyObservationIsTheOneThatThePoliciesPromise() throws Exception {
    var rules = rules();
    var demo = start(demo(), "demo");
    var told = read(demo);
    assertThat(demo.waitFor()).as(() -> told + errors("demo")).isZero();
    assertThat(told)
        .contains(
            "two enforcers have enrolled",
            "the stranger gets nothing from the database",
            "an alarm on the first rejected connection",
            "frontend is served by the back end",
            "frontend is served by the second back end",
            "the words are in 0 of them",
            "the smallest change that would allow it",
            "ms after the policy was asked to go",
            "Everything did what it said.")
        .doesNotContain("✘");
    requireNothingLeft(demo, rules);
  }

  @Test
  void anInterruptTakesEverythingAway() throws Exception {
    var rules = rules();
    var demo = start(demo(LISTENING_TO_INTERRUPTS), "interrupted");
    var told = new StringBuilder();
    try (var out = demo.inputReader(StandardCharsets.UTF_8)) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        told.append(line).append('\n');
        if (line.contains("two enforcers have enrolled")) {
          Shell.must("kill -INT " + demo.pid());
        }
      }
    }
    assertThat(demo.waitFor()).as(() -> told + errors("interrupted")).isNotZero();
    assertThat(told.toString())
        .contains("Hosts, programs and files are gone.", "is deleted with all that was in it");
    requireNothingLeft(demo, rules);
  }

  @Test
  void whoeverLacksThePowersIsToldWhichAndHowToGetThem() throws Exception {
    var demo = start(demo("setpriv", "--inh-caps=-all", "--bounding-set=-all"), "powerless");
    assertThat(read(demo)).isEmpty();
    assertThat(demo.waitFor()).isEqualTo(1);
    assertThat(errors("powerless")).contains("must be root with", "CAP_NET_ADMIN", "sudo");
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String rules() {
    return Shell.run("nft", "-s", "list", "ruleset").words();
  }

  private static void requireNothingLeft(Process demo, String rules) {
    var name = "oarlock-demo-" + demo.pid();
    assertThat(Shell.run("ip", "netns", "list").words()).doesNotContain(name);
    assertThat(Path.of("/run", name)).doesNotExist();
    assertThat(rules()).isEqualTo(rules);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(each -> each.info().commandLine().orElse("").contains("/run/" + name));
  }
}
