package io.oarlock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelsTest {
  private final Models models = Models.packaged();

  @Test
  void everyWordFindsTheTypeTheWholeModelHas() {
    var all = models.all();
    assertThat(all.types()).isNotEmpty();
    for (var word : all.words()) {
      assertThat(models.find(word).equals(all.find(word))).as(word).isTrue();
    }
  }

  @Test
  void wordsThatOnlyOccurInDocsNameNoType() {
    assertThat(models.find("name")).isEmpty();
    assertThat(models.find("")).isEmpty();
  }
}
