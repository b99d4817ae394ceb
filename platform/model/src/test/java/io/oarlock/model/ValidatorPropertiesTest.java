package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Validator.Mode;
import io.oarlock.model.types.ResourceTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever callers send, the answer is a list of violations. */
class ValidatorPropertiesTest {
  private static final List<ResourceType> TYPES =
      List.copyOf(ModelReader.load(ResourceTypes.all()).types());
  private static final Validator VALIDATOR =
      new Validator(Formats.of(TYPES.stream().map(ResourceType::name).toList(), Map.of()));

  @Provide
  Arbitrary<Object> trees() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(each -> each),
            Arbitraries.of("Allow", "***", "/acme", "PT1S", "a=b", "tcp/80").map(each -> each),
            Arbitraries.longs().map(each -> each),
            Arbitraries.doubles().map(each -> each),
            Arbitraries.of(true, false).map(each -> each));
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars,
        () -> trees().list().ofMaxSize(3).map(each -> each),
        () ->
            Arbitraries.maps(Arbitraries.of("kind", "name", "a/b"), trees())
                .ofMaxSize(3)
                .map(each -> each));
  }

  @Property(tries = 300)
  void whatIsValidStaysValidAndAsItIsOnceCompleted(
      @ForAll("trees") Object value, @ForAll int seed) {
    var type = TYPES.get(Math.floorMod(seed, TYPES.size()));
    var attribute = type.attributes().get(Math.floorMod(seed >> 8, type.attributes().size()));
    var body = new LinkedHashMap<>(type.example());
    body.put(attribute.name(), value);

    if (VALIDATOR.validate(type, body, Mode.PLATFORM, Optional.empty()).isEmpty()) {
      var complete = VALIDATOR.complete(type, body, Mode.PLATFORM, Optional.empty());
      assertThat(VALIDATOR.validate(type, complete, Mode.PLATFORM, Optional.empty())).isEmpty();
      assertThat(VALIDATOR.complete(type, complete, Mode.PLATFORM, Optional.empty()))
          .isEqualTo(complete);
    }
    assertThat(VALIDATOR.validate(type, body, Mode.REPLACE, Optional.of(type.example())))
        .isNotNull();
  }
}
