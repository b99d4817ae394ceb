package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.oarlock.model.Attribute.Flag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
  private final ResourceType gadget = ModelReader.read(List.of(Gadget.class)).require("gadget");

  @Test
  void aRecordSaysAllThereIsToKnowOfAType() {
    assertThat(gadget.plural()).isEqualTo("gadgets");
    assertThat(gadget.traits()).containsExactlyInAnyOrder(Trait.STORED, Trait.PROPAGATED);
    assertThat(gadget.retention()).contains(Duration.ofDays(30));
    assertThat(gadget.indexes())
        .containsExactly(
            new Index(List.of("name"), true), new Index(List.of("owner", "name"), true));
    assertThat(gadget.actions()).extracting(Action::name).containsExactly("wind");
    assertThat(gadget.actions().getFirst().input()).containsInstanceOf(ValueType.ObjectOf.class);
  }

  @Resource(
      group = "Samples",
      indexes = {"kind,size", "size,kind"},
      example = "{\"kind\": \"a\", \"size\": 1}")
  @Doc("Something in a box.")
  record Boxed(
      @Doc("Its kind.") @Example("a") @Size(max = 8) @Filterable String kind,
      @Doc("How large.") @Range(max = 9) @Filterable @Orderable int size) {}

  @Test
  void anIndexForFiltersAloneIsLeftToOneThatBeginsLikeIt() {
    var boxed = ModelReader.read(List.of(Boxed.class)).require("boxed");

    assertThat(boxed.indexes())
        .extracting(Index::attributes)
        .containsExactlyInAnyOrder(
            List.of("size"), List.of("kind", "size"), List.of("size", "kind"));
  }

  @Test
  void flattenedRecordsStandFlatAndInOrder() {
    assertThat(gadget.attributes())
        .extracting(Attribute::name)
        .startsWith("id", "name", "protected", "owner", "power");
  }

  @Test
  void onlyWhatHasNoOtherValueIsRequired() {
    assertThat(gadget.attributes())
        .filteredOn(Attribute::required)
        .extracting(Attribute::name)
        .containsExactly("name", "owner", "power");
    assertThat(gadget.attribute("words").orElseThrow().defaultValue()).contains(List.of());
    assertThat(gadget.attribute("weight").orElseThrow().defaultValue()).isEmpty();
  }

  @Test
  void enumsAreUpperCamelCaseUnlessTheySayTheirWord() {
    assertThat(gadget.attribute("finish").orElseThrow().type())
        .isInstanceOfSatisfying(
            ValueType.Choice.class,
            choice -> assertThat(choice.values()).containsExactly("MattBlack", "RAL3020"));
  }

  @Test
  void flagsAndExamplesFollowFromTypesWhereTheyCan() {
    assertThat(gadget.attribute("source").orElseThrow().is(Flag.CODE)).isTrue();
    assertThat(gadget.attribute("next").orElseThrow().example()).isPresent();
    assertThat(gadget.attribute("turns").orElseThrow().label()).isEqualTo("Turns");
  }

  @Resource(group = "Samples", example = "{\"name\": \"x\"}")
  @Doc("Nothing special.")
  record Tidy(@Doc("Name.") @Example("x") @Size(max = 3) String name) {}

  @Test
  void aTypeIsOneRecord() {
    assertThat(ModelReader.read(List.of(Tidy.class)).find("tidies"))
        .hasValueSatisfying(tidy -> assertThat(tidy.allows(Operation.PATCH)).isTrue());
  }

  @Resource(group = "Samples", indexes = "nowhere", example = "{\"nmae\": \"x\"}")
  @Doc("No full stop")
  record Sloppy(@Doc("Name.") @Example("too long") @Size(max = 3) String name) {}

  @Resource(group = "Samples", example = "{}")
  record Unbounded(
      @Doc("Text.") String text,
      List<String> list,
      @Doc("Map.") @Example("{}") @Size(max = 2) Map<String, Boolean> map,
      @Doc("Number.") int number,
      @Doc("Odd.") StringBuilder odd,
      @Doc("Itself.") Optional<Unbounded> self) {}

  @Test
  void everythingWrongWithAllTypesIsToldAtOnce() {
    var refusal =
        catchThrowableOfType(
            ModelException.class, () -> ModelReader.read(List.of(Sloppy.class, Unbounded.class)));

    assertThat(refusal.violations())
        .extracting(each -> each.type() + "." + each.component() + " " + each.rule())
        .containsExactlyInAnyOrder(
            "Unbounded. has no doc",
            "Unbounded.text is unbounded text",
            "Unbounded.list is unbounded",
            "Unbounded.map has unbounded keys",
            "Unbounded.number is an unbounded number",
            "Unbounded.odd java.lang.StringBuilder is not a type of attributes",
            "Unbounded.self Unbounded contains itself",
            "sloppy. doc does not end with a full stop",
            "sloppy.name example: The value has 8 characters; at most 3 are allowed",
            "sloppy. index on nowhere, which is no attribute",
            "sloppy. example: nmae is not an attribute here",
            "sloppy. example: name is required");
  }
}
