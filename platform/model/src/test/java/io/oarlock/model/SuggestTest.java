package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SuggestTest {
  private final List<String> words = List.of("automation", "account", "run", "hookpolicy");

  @Test
  void theNearestWordIsSuggested() {
    assertThat(Suggest.closest("automatoin", words)).contains("automation");
    assertThat(Suggest.closest("ACCOUNT", words)).contains("account");
    assertThat(Suggest.closest("hookpolicies", words)).contains("hookpolicy");
  }

  @Test
  void aWordUnlikeAllOthersSuggestsNothing() {
    assertThat(Suggest.closest("zebra", words)).isEmpty();
    assertThat(Suggest.closest("x".repeat(1000), words)).isEmpty();
  }

  @Property(tries = 200)
  void aWordWithTwoLettersSwappedIsFound(
      @ForAll @AlphaChars @StringLength(min = 4, max = 20) String word) {
    var swapped = word.substring(0, 1) + word.charAt(2) + word.charAt(1) + word.substring(3);

    assertThat(Suggest.closest(swapped, List.of(word))).contains(word);
  }
}
