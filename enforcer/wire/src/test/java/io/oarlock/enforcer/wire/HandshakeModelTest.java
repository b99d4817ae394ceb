package io.oarlock.enforcer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The handshake as a model, every state of which is looked at by spin (Holzmann, The Model Checker
 * SPIN, 1997), with an attacker who is the network.
 */
class HandshakeModelTest {
  private static final Path MODEL = Path.of("src/test/promela/handshake.pml");

  @TempDir private Path folder;

  @BeforeAll
  static void requireSpin() throws Exception {
    var probe = new ProcessBuilder("sh", "-c", "command -v spin && command -v gcc").start();
    probe.getInputStream().readAllBytes();
    assumeTrue(
        probe.waitFor() == 0 || System.getenv("CI") != null,
        "no spin with gcc; install Debian's packages of these names");
  }

  /** Both units open and answer, or one opens twice and the other answers twice. */
  @ParameterizedTest
  @ValueSource(strings = {"EACH", "AGAIN"})
  void noAttackerWhoIsTheNetworkBreaksTheHandshake(String setting) throws Exception {
    assertThat(search(setting))
        .contains("errors: 0")
        .doesNotContain("search not completed", "error:");
  }

  /** Otherwise nothing would be attacked. */
  @Test
  void honestEndsGetToAnEncryptedConnection() throws Exception {
    assertThat(search("CHECK_LIFE")).contains("assertion violated", "errors: 1");
  }

  /** The model can fail: less of a protocol than this one is broken, each time in its own way. */
  @ParameterizedTest
  @CsvSource({
    "AGAIN, REPLAY",
    "EACH, REFLECTION",
    "EACH, MISBINDING",
    "EACH, DOWNGRADE",
    "EACH, AUDIENCE"
  })
  void whoLeavesAPartOfTheProtocolOutIsAttacked(String setting, String attack) throws Exception {
    assertThat(search(setting, "WEAK_" + attack, "CHECK_" + attack))
        .contains("assertion violated", "errors: 1");
  }

  private String search(String... definitions) throws IOException, InterruptedException {
    var generate = new ArrayList<>(List.of("spin", "-a"));
    Stream.of(definitions).forEach(each -> generate.add("-D" + each));
    generate.add(MODEL.toAbsolutePath().toString());
    run(generate);
    run(List.of("gcc", "-O1", "-w", "-DSAFETY", "-o", "pan", "pan.c"));
    return run(List.of("./pan", "-E"));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + words).isZero();
    return words;
  }
}
