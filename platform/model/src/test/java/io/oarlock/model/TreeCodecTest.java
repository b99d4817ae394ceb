package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.types.ResourceTypes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeCodecTest {
  @Test
  void aRecordHoldsWhatItsTreeSays() {
    var type = ModelReader.read(List.of(Gadget.class)).require("gadget");
    var tree = new Validator(Formats.of(List.of(), Map.of())).complete(type, type.example());

    var gadget = TreeCodec.of(Gadget.class).decode(tree);

    assertThat(gadget.meta().name()).isEqualTo("winder");
    assertThat(gadget.power()).isEqualTo(new Gadget.Power.Crank(3));
    assertThat(gadget.span()).isEqualTo(Duration.ofSeconds(30));
    assertThat(gadget.weight()).isEmpty();
    assertThat(gadget.finish()).isEqualTo(Gadget.Finish.MATT_BLACK);
  }

  @Test
  void whatIsMissingReadsAsItsDefault() {
    var gadget =
        TreeCodec.of(Gadget.class)
            .decode(
                Map.of("name", "x", "owner", "/", "power", Map.of("kind", "Crank", "turns", 1L)));

    assertThat(gadget.turns()).isEqualTo(7);
    assertThat(gadget.parts()).isEmpty();
    assertThat(gadget.meta().id()).isEmpty();
  }

  @Test
  void aTreeWithoutARequiredMemberIsNoRecord() {
    assertThatThrownBy(() -> TreeCodec.of(Gadget.class).decode(Map.of("name", "x")))
        .hasMessageContaining("owner");
  }

  @Test
  void everyDeclaredTypeSurvivesTheWayThereAndBack() {
    var model = ModelReader.read(ResourceTypes.all());
    var names = model.types().stream().map(ResourceType::name).toList();
    var validator = new Validator(Formats.of(names, Map.of()));
    var types = List.copyOf(model.types());
    for (var i = 0; i < types.size(); i++) {
      var tree =
          validator.complete(
              types.get(i), types.get(i).example(), Validator.Mode.PLATFORM, Optional.empty());
      assertThat(roundTrip(ResourceTypes.all().get(i), tree)).containsAllEntriesOf(tree);
    }
  }

  private static <R extends Record> Map<String, Object> roundTrip(
      Class<R> record, Map<String, Object> tree) {
    var codec = TreeCodec.of(record);
    return codec.encode(codec.decode(tree));
  }
}
