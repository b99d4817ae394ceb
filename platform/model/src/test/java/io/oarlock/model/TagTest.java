package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {

  @Test
  void theFirstEqualsSignEndsTheKey() {
    assertThat(Tag.parse("@app:args=a=b c")).isEqualTo(new Tag("@app:args", "a=b c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"env", "=prod", "env=", "my env=prod", "!env=prod", "env=a\nb", "a=\uD800"})
  void aTextThatIsNoTagIsRefusedWithTheRule(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.parse(text))
        .withMessageContaining("is not a tag")
        .withMessageContaining("A tag is key=value");
  }

  @Test
  void aTagHasFewerThan1024BytesOfUtf8() {
    assertThat(Tag.parse("k=" + "x".repeat(1021)).toString()).hasSize(1023);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.parse("k=" + "é".repeat(511)))
        .withMessageContaining("1024 bytes");
  }

  @Test
  void twoSpellingsOfOneTextAreOneTag() {
    assertThat(Tag.parse("city=Mu\u0308nchen")).isEqualTo(Tag.parse("city=München"));
  }

  @Test
  void aRefusalNeverRepeatsALongTextWhole() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tag.parse("x".repeat(1_000_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
