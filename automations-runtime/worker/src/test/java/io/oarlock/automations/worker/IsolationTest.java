package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oarlock.automations.RunnerStatus.Layer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationTest {

  @Test
  void anIntruderInAWorkerGetsNothing(@TempDir Path directory) throws IOException {
    var isolation = Isolation.probe(javaHome(), directory, true);
    assumeTrue(
        isolation.means() != Isolation.Means.NONE, "this host offers no namespaces to this user");
    var secret = Files.writeString(directory.resolve("secret"), "x");
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(listener.getLocalPort());
      assertThat(intrude(isolation, directory, port, secret.toString())).isEqualTo("finished");
    }
  }

  @Test
  void whatIsMissingIsNamed(@TempDir Path directory) throws IOException {
    var isolation = Isolation.probe(javaHome(), directory, false);
    assertThat(isolation.layers().stream().filter(layer -> !layer.on()).map(Layer::name))
        .contains("network", "files", "uid", "cgroup", "seccomp");
  }

  private static Path javaHome() throws IOException {
    return Path.of(System.getProperty("java.home")).toRealPath();
  }

  private static String intrude(Isolation isolation, Path directory, String... arguments)
      throws IOException {
    var classes = Path.of("target", "test-classes").toRealPath();
    var socket = Files.createFile(directory.resolve("some.sock"));
    var java =
        List.of(
            javaHome().resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            classes.toString(),
            Intruder.class.getName(),
            arguments[0],
            arguments[1]);
    var place =
        new Isolation.Place(Isolation.root(directory), socket, List.of(javaHome(), classes), 1);
    var builder = new ProcessBuilder(isolation.command(place, java)).redirectErrorStream(true);
    Isolation.scrub(builder);
    try (var out = builder.start().getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
