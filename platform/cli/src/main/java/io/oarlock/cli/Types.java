package io.oarlock.cli;

import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import java.util.Locale;
import java.util.Map;

/** Finding the type somebody means. */
final class Types {
  private Types() {}

  /** By singular, plural or alias, whatever the case. */
  static ResourceType find(Models models, String word) {
    var plain = word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return models.find(plain).orElseThrow(() -> unknown(models.all(), word));
  }

  private static Failure unknown(ResourceModel model, String word) {
    return Failure.usage(
        "There is no resource type \"" + word + "\"",
        Suggest.didYouMean(word, model.words()).orElse("All types: oarlock explain"));
  }

  static String path(ResourceType type) {
    return "/v1/" + type.plural();
  }

  /** Path of one resource, by identifier or {@code name:NAME}. */
  static String path(ResourceType type, String id) {
    return path(type) + "/" + Query.segment(id);
  }

  /** How people are told of it, which is also how it can be asked for: {@code oarlock get …}. */
  static String said(ResourceType type, String name) {
    return type.name() + (name.startsWith("/") ? " " : "/") + Display.line(name);
  }

  static String said(ResourceType type, Map<String, Object> resource) {
    return said(type, name(resource));
  }

  /** {@code type/name}, or {@code type/id} for what has no name. */
  static String reference(ResourceType type, Map<String, Object> resource) {
    return type.name() + "/" + name(resource);
  }

  private static String name(Map<String, Object> resource) {
    return Tree.text(resource, "name").or(() -> Tree.text(resource, "id")).orElse("?");
  }
}
