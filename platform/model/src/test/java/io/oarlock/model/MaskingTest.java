package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskingTest {
  @Resource(group = "Samples", example = "{\"name\": \"lock\"}")
  @Doc("Keeps things shut.")
  record Lock(
      @Doc("Its name.") @Example("lock") @Size(max = 9) String name,
      @Doc("Opens it.") @Example("sesame") @Size(max = 9) @Secret Optional<String> key,
      @Doc("Shown once.") @Example("abc") @Size(max = 9) @ShownOnce @Secret Optional<String> token,
      @Doc("Never shown.") @Example("abc") @Size(max = 9) @Hidden Optional<String> hash,
      @Doc("Its parts, by place.") @Size(max = 9) @Keys(max = 9) Map<String, Part> parts,
      @Doc("What opens it.") Optional<Opener> opener) {}

  record Part(@Doc("Its number.") @Example("1") @Size(max = 9) @Secret Optional<String> number) {}

  sealed interface Opener {
    @Doc("By a code.")
    record Code(@Doc("The code.") @Example("1234") @Size(max = 9) @Secret String digits)
        implements Opener {}
  }

  private final ResourceType type = ModelReader.read(List.of(Lock.class)).require("lock");
  private final Map<String, Object> stored =
      Map.of(
          "name", "lock",
          "key", "sesame",
          "token", "t0",
          "hash", "h0",
          "parts", Map.of("left", Map.of("number", "17")),
          "opener", Map.of("kind", "Code", "digits", "1234"));

  @Test
  void readersSeeThatThereIsASecretAndNotWhatItIs() {
    assertThat(new Masking().forReaders(type, stored))
        .isEqualTo(
            Map.of(
                "name",
                "lock",
                "key",
                "***",
                "parts",
                Map.of("left", Map.of("number", "***")),
                "opener",
                Map.of("kind", "Code", "digits", "***")));
  }

  @Test
  void whoMadeItSeesOnceWhatIsShownOnce() {
    assertThat(new Masking().forWriter(type, stored))
        .containsEntry("token", "t0")
        .containsEntry("key", "***")
        .doesNotContainKey("hash");
  }

  @Test
  void aTypeWithoutSecretsIsHandedOnUncopied() {
    var open = ModelReader.read(List.of(ModelReaderTest.Tidy.class)).require("tidy");
    var tree = Map.<String, Object>of("name", "x");

    assertThat(new Masking().forReaders(open, tree)).isSameAs(tree);
  }
}
