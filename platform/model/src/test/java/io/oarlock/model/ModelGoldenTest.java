package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import io.oarlock.model.types.ResourceTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The difference in the committed model.json is the review of an API change. */
class ModelGoldenTest {
  private static final Path GOLDEN = Path.of("model.json");

  private final ResourceModel model = ModelReader.read(ResourceTypes.all());

  @Test
  void theModelIsTheCommittedOne() throws IOException {
    var text = Json.pretty(ModelExport.tree(model)) + "\n";
    if (Boolean.getBoolean("model.update")) {
      Files.writeString(GOLDEN, text);
    }
    assertThat(text)
        .as(
            "model.json; update it with -Dmodel.update=true, then sdk-js with `node"
                + " tools/generate.mjs`, and review the difference")
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void whatWasExportedReadsAsTheSameModel() {
    var read = ModelImport.model(Json.parseObject(Json.write(ModelExport.tree(model))));

    assertThat(ModelExport.tree(read)).isEqualTo(ModelExport.tree(model));
  }
}
