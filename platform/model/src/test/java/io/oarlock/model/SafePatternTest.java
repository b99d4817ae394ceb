package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {

  /** java.util.regex is the oracle wherever both read the expression. */
  @Property(tries = 50_000)
  void itFindsWhatJavaFinds(
      @ForAll("expressions") String expression, @ForAll("texts") String text) {
    var pattern = readable(expression);
    if (pattern != null) {
      var java = Pattern.compile(expression, Pattern.UNIX_LINES).matcher(text).find();
      assertThat(pattern.find(text)).as("%s in %s", expression, text).isEqualTo(java);
    }
  }

  private static @org.jspecify.annotations.Nullable SafePattern readable(String expression) {
    try {
      return SafePattern.compile(expression);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  @Provide
  Arbitrary<String> expressions() {
    var piece =
        Arbitraries.of(
            "a",
            "b",
            "-",
            ".",
            "\\d",
            "\\W",
            "\\s",
            "[ab]",
            "[^a]",
            "[a-c1]",
            "[-a]",
            "[\\d-]",
            "(",
            "(?:",
            ")",
            "|",
            "*",
            "+",
            "?",
            "*?",
            "{2}",
            "{0,2}",
            "{1,}",
            "^",
            "$",
            "\\b",
            "\\B",
            "\\.",
            "\n",
            "é",
            "\uD83D\uDE00");
    return piece
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces))
        .flatMap(e -> Arbitraries.of(e, "(?i)" + e));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "A", "b", "1", " ", "-", "_", ".", "\n", "é")
        .list()
        .ofMaxSize(7)
        .map(letters -> String.join("", letters));
  }

  @Test
  void aCharacterBeyond16BitsIsOneCharacter() {
    assertThat(SafePattern.compile("^.$").find("\uD83D\uDE00")).isTrue();
    assertThat(
            SafePattern.compile("^[\uD83D\uDE00-\uD83D\uDE10]{2}$")
                .find("\uD83D\uDE00\uD83D\uDE01"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a+)+$", "(a|a)*b", "(.*)*x", "(a?){50}a{50}", "^(([a-z])+.)+[A-Z]([a-z])+$"})
  void noExpressionMakesTheSearchExplode(String expression) {
    var pattern = SafePattern.compile(expression);
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> pattern.find("a".repeat(20_000) + "!"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a(?=b) | look-around is not known",
        "(a)\\1 | there are no back-references",
        "a*+ | possessive",
        "a{1000} | a number from 0 to 100",
        "((a{100}){100}){100} | its counts multiply",
        "[b-a] | a range ends before it starts",
        "[a | a [ is never closed",
        "*a | nothing to repeat",
        "a) | closes nothing",
        "a\\ | ends in a backslash"
      })
  void whatItDoesNotRunIsRefusedWithTheReason(String expression, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafePattern.compile(expression))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 100_000})
  void expressionsAreShort(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafePattern.compile("(".repeat(length)))
        .withMessageContaining("at most 256");
  }
}
