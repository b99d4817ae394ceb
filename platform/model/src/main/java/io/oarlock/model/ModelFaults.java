package io.oarlock.model;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with the declarations of one type, and knows where it stands in it. */
final class ModelFaults {
  private final List<ModelViolation> found;
  private final String type;
  private final String path;

  private ModelFaults(List<ModelViolation> found, String type, String path) {
    this.found = found;
    this.type = type;
    this.path = path;
  }

  static ModelFaults of(String type, List<ModelViolation> found) {
    return new ModelFaults(found, type, "");
  }

  static List<ModelViolation> list() {
    return new ArrayList<>();
  }

  ModelFaults in(String component) {
    return new ModelFaults(found, type, path.isEmpty() ? component : path + "." + component);
  }

  void add(String rule, String fix) {
    found.add(new ModelViolation(type, path, rule, fix));
  }
}
