package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.types.ResourceTypes;
import org.junit.jupiter.api.Test;

class ModelGoldenTest {
  @Test
  void everyDeclaredTypeKeepsTheRulesOfTheModel() {
    var model = ModelReader.read(ResourceTypes.all());

    assertThat(model.types()).hasSameSizeAs(ResourceTypes.all());
  }
}
