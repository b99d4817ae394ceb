package io.oarlock.marketplace.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  /** The example of precedence in Semantic Versioning 2.0.0, item 11, with releases around it. */
  private static final List<String> ORDER =
      List.of(
          "0.9.10",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.2",
          "1.2.0",
          "1.10.0",
          "2.0.0");

  @Test
  void theOrderIsThatOfTheRules() {
    var versions = new ArrayList<>(ORDER.stream().map(SemanticVersion::parse).toList());
    Collections.shuffle(versions, new Random(3));
    Collections.sort(versions);

    assertThat(versions).extracting(SemanticVersion::toString).isEqualTo(ORDER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+5", "v1.0.0"})
  void whatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SemanticVersion.parse(text));
  }
}
