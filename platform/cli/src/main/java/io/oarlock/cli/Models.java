package io.oarlock.cli;

import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;

/** The model this command was built with. */
final class Models {
  private Models() {}

  static ResourceModel packaged() {
    return ModelReader.read(ResourceTypes.all());
  }
}
