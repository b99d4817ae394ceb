package io.oarlock.model.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.ModelReader;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Trait;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceTypesTest {
  private final ResourceModel model = ModelReader.read(ResourceTypes.all());

  @Test
  void typesAreFoundByTheWordsOfTheContract() {
    assertThat(model.find("networkaccesspolicies")).isEqualTo(model.type("networkaccesspolicy"));
    assertThat(model.find("deliveries")).isEqualTo(model.type("delivery"));
    assertThat(model.find("netpol")).isEqualTo(model.type("networkaccesspolicy"));
    assertThat(model.require("issue").plural()).isEqualTo("issue");
  }

  @Test
  void recordsOfWhatHappenedCannotBeWrittenByCallers() {
    for (var name :
        List.of("run", "delivery", "firing", "activity", "automationversion", "flowreport")) {
      assertThat(model.require(name).operations())
          .containsExactlyInAnyOrder(Operation.GET, Operation.LIST, Operation.COUNT);
    }
  }

  @Test
  void everyStoredTypeTellsItsIdAndNamespace() {
    for (var type : model.types()) {
      if (type.has(Trait.STORED)) {
        assertThat(type.attribute("id")).as(type.name()).isPresent();
        assertThat(type.attribute("namespace")).as(type.name()).isPresent();
      }
    }
  }

  @Test
  void listsThatAskForElementsAreRequired() {
    assertThat(model.require("egresspolicy").attribute("allow"))
        .hasValueSatisfying(allow -> assertThat(allow.required()).isTrue());
  }
}
