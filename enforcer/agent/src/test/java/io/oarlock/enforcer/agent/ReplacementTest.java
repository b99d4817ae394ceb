package io.oarlock.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplacementTest {
  /** Becomes a shell that tells its number, and which files it has beside the usual three. */
  static final class Becomes {
    private Becomes() {}

    public static void main(String[] args) {
      var failed = Replacement.by(List.of("sh", "-c", "echo $$; ls /proc/$$/fd; exit 7"));
      System.err.println(failed.getMessage());
    }
  }

  @Test
  void theProcessIsTheProgramFromThenOn() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Becomes.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
    assertThat(told.lines()).first().isEqualTo(Long.toString(process.pid()));
    assertThat(told.lines().skip(1)).isSubsetOf("0", "1", "2", "10", "255");
  }
}
