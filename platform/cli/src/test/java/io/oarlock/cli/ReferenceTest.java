package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help, reference pages and completion: what needs no platform. */
class ReferenceTest {
  @TempDir Path home;

  private Shell.Result run(String... words) {
    return new Shell(home).run(words);
  }

  @Test
  void everyTypeHasAPage() {
    for (var type : Models.packaged().all().types()) {
      var page = run("explain", type.name());
      assertThat(page.exit()).isZero();
      assertThat(page.out()).contains(type.doc().substring(0, 20), "Attributes", "Example");
    }
  }

  @Test
  void attributesAreExplainedToAnyDepth() {
    assertThat(run("explain", "automation.trigger").out()).contains("kind: OnSchedule", "timeZone");
    assertThat(run("explain", "automation.trigger.cron").out()).contains("cron");
    assertThat(run("explain", "netpol.action").out()).contains("Reject", "It is refused.");
    assertThat(run("explain", "automation.triger").err()).contains("Did you mean \"trigger\"?");
  }

  @Test
  void helpTellsOfEveryCommandEvenTheLaunchers() {
    assertThat(run("help").out())
        .contains("login", "api", "apply", "watch", "up", "demo", "verify");
    assertThat(run("help", "api", "create").out()).contains("--set", "--dry-run");
    assertThat(run("api", "create", "netpol", "--help").out())
        .contains("--set", "Attributes", "applyPolicyMode")
        .doesNotContain("normalizedTags");
    assertThat(run("api", "--help").out()).contains("search");
    assertThat(run().out() + run().err()).contains("login");
  }

  @Test
  void bashAcceptsItsCompletion() throws IOException, InterruptedException {
    var script = Files.writeString(home.resolve("c.sh"), run("completion", "bash").out());
    var check =
        new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
    var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(Files.readString(script)).contains("networkaccesspolicies");
    assertThat(run("completion", "fish").out()).contains("complete -c oarlock");
  }
}
