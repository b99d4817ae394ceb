package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A command at a terminal of its own, which {@code script} of util-linux makes. */
final class Typed {
  private Typed() {}

  /** What is on the screen after these lines were typed. */
  static String run(Market market, String lines, String... words)
      throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        java
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC io.oarlock.cli.Main "
            + Arrays.stream(words).collect(Collectors.joining(" "));
    var builder = new ProcessBuilder("script", "--quiet", "--return", "-c", command, "/dev/null");
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OARLOCK_HOME", market.home.toString());
    builder.environment().put("OARLOCK_NAMESPACE", market.namespace);
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().write(lines.getBytes(UTF_8));
    process.getOutputStream().flush();
    var told = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(told).isZero();
    return told;
  }
}
