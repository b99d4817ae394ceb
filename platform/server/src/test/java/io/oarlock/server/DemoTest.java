package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.demo.Demo;
import io.oarlock.demo.Outcome;
import io.oarlock.demo.Site;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays every story of the demonstration against a real platform. */
@ExtendWith(SharedProgram.class)
class DemoTest {
  private final Program program;

  DemoTest(Program program) {
    this.program = program;
  }

  static Stream<String> stories() {
    return Demo.stories().stream();
  }

  @ParameterizedTest
  @MethodSource("stories")
  void theStoryDoesWhatItTells(String story) throws Exception {
    assertPlays(program, List.of(story));
  }

  @Test
  void storiesPlayOverTlsWithTheAuthorityOfTheHome(@TempDir Path home) throws Exception {
    try (var secure = Program.up(home, "--port", "0")) {
      assertThat(secure.url().getScheme()).isEqualTo("https");
      assertPlays(secure, List.of("call", "stream"));
      assertThat(secure.terminate()).isZero();
    }
  }

  private static void assertPlays(Program program, List<String> stories) throws Exception {
    var told = new ByteArrayOutputStream();
    var out = new PrintStream(told, true, StandardCharsets.UTF_8);
    var site = Site.of(program.home()).orElseThrow();
    var outcomes = new Demo(site, out, false, false).play(stories);
    assertThat(outcomes)
        .as(() -> told.toString(StandardCharsets.UTF_8))
        .hasSize(stories.size() + 1)
        .allMatch(Outcome::good);
  }

  @Test
  void anInterruptedDemoLeavesNothingBehind() throws Exception {
    var demo = Program.start(io.oarlock.demo.Main.class, program.home(), "all");
    try (var out = demo.inputReader(StandardCharsets.UTF_8)) {
      while (!Objects.requireNonNull(out.readLine()).startsWith("  ┆")) {
        // An event is the first sign that its namespace is there.
      }
      assertThat(Program.interrupt(demo)).isNotZero();
      assertThat(out.lines()).last().asString().contains("is deleted with all that was in it");
    }
    assertThat(program.admin().get("/", "namespaces").body()).doesNotContain("\"acme-");
  }

  @Test
  void theDemoSaysThatNoPlatformRuns(@TempDir Path home) throws Exception {
    var ended = Program.run(io.oarlock.demo.Main.class, home);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no platform of " + home + " is running", "./oarlock up");
  }

  @Test
  void theDemoNamesTheStoryThatWasMeant(@TempDir Path home) throws Exception {
    var ended = Program.run(io.oarlock.demo.Main.class, home, "tenanci");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("there is no story tenanci. Did you mean \"tenancy\"?");
  }
}
