package io.oarlock.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void whatIsWrittenIsReadBack() {
    var tree = Map.of("a", List.of(1L, 2.5, true, "é\n\uD83D\uDE00"), "b", Map.of("c", "d"));

    assertThat(Json.parse(Json.write(tree))).isEqualTo(tree);
    assertThat(Json.parse(Json.pretty(tree))).isEqualTo(tree);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"__proto__\":{}}",
        "[1] 2",
        "NaN",
        "1e999",
        "123456789012345678901234567890",
        "{'a':1}",
        "[1,]"
      })
  void whatTwoReadersMightReadDifferentlyIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void deepNestingIsRefused() {
    var deep = "[".repeat(Json.DEPTH_MAX + 1) + "]".repeat(Json.DEPTH_MAX + 1);

    assertThatThrownBy(() -> Json.parse(deep)).isInstanceOf(JsonException.class);
  }

  @Test
  void aFaultIsPlaced() {
    assertThatThrownBy(() -> Json.parse("{\n  \"a\": x}"))
        .hasMessageContaining("line 2")
        .hasMessageContaining("column 8");
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    for (var start : new byte[][] {{0, 0, 0, '{', 0x7b, 0x38, 0, 0}, {'"', (byte) 0xff, '"'}}) {
      assertThatThrownBy(() -> Json.parse(start)).isInstanceOf(JsonException.class);
    }
  }
}
