package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ServerCommandTest {
  @ParameterizedTest
  @FieldSource("io.oarlock.server.ServerCommand#ALL")
  void helpTellsWhatACommandTakes(ServerCommand command) {
    assertThat(command.help())
        .startsWith("usage: ./oarlock " + command.word())
        .doesNotContain("--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up --porrt 1|Did you mean \"--port\"?",
        "up --hlp|Did you mean \"--help\"?",
        "up 8443|up takes no operand",
        "up --origin *|--origin: An origin is written as browsers send it",
        "status --jsn|Did you mean \"--json\"?",
        "down now|down takes no operand",
        "backup|backup wants one FILE",
        "restore a b|restore wants one FILE",
        "statsu|Did you mean \"status\"?",
      })
  void wordsThatMakeNoSenseAreRefusedWithTheFix(String words, String said, @TempDir Path home)
      throws Exception {
    var ended = Program.run(Main.class, home, words.split(" ", -1));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(said);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void askingForHelpStartsNothing(@TempDir Path home) throws Exception {
    for (var words : List.of(List.of("up", "--http", "--help"), List.of("restore", "-h"))) {
      var ended = Program.run(Main.class, home, words.toArray(String[]::new));
      assertThat(ended.code()).isZero();
      assertThat(ended.out()).startsWith("usage: ./oarlock " + words.getFirst());
    }
    assertThat(home).isEmptyDirectory();
  }
}
