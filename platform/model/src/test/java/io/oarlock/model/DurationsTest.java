package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "PT1H30M, PT1H30M",
    "-PT24H, PT-24H",
    "P2D, PT48H",
    "1h30m, PT1H30M",
    "-24h, PT-24H",
    "+1d, PT24H",
    "1.5h, PT1H30M",
    "250ms, PT0.25S",
    "0, PT0S"
  })
  void bothFormsAreRead(String text, String iso) {
    assertThat(Durations.text(Durations.parse(text))).isEqualTo(iso);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "5", "h", "1h30", "1 h", "P1M", "PT", "99999999d", "9e9s"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessageContaining("is not a duration");
  }
}
