package io.oarlock.marketplace.bundle;

import io.oarlock.model.SafePattern;
import io.oarlock.model.Suggest;
import io.oarlock.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of a manifest that no annotation of one attribute can state. */
final class ManifestRules {
  private final AppManifest manifest;
  private final List<Violation> found = new ArrayList<>();

  ManifestRules(AppManifest manifest) {
    this.manifest = manifest;
  }

  List<Violation> violations() {
    var before = new HashSet<String>();
    for (var i = 0; i < manifest.parameters().size(); i++) {
      parameter(manifest.parameters().get(i), "/parameters/" + i, before);
    }
    resources();
    return found;
  }

  private void parameter(AppParameter parameter, String at, Set<String> before) {
    conditions(parameter, at, before);
    if (!before.add(parameter.key())) {
      refuse(
          "twin", "Two parameters are called " + parameter.key() + ".", at + "/key", "Rename one.");
    }
    if (parameter.type() == ParameterKind.ENUM && parameter.allowedChoices().isEmpty()) {
      refuse("no-choices", "An Enum has nothing to choose.", at, "Add allowedChoices.");
      return;
    }
    if (parameter.pattern().isPresent() && !parameter.type().isText()) {
      refuse(
          "pattern-without-text",
          "Its answer is no text, so that no pattern is matched with it.",
          at + "/pattern",
          "Leave pattern out; min and max bound numbers and lists.");
      return;
    }
    if (!pattern(parameter.pattern(), at + "/pattern") || !bounds(parameter, at)) {
      return;
    }
    if (!parameter.type().asks()) {
      return;
    }
    parameter
        .defaultValue()
        .ifPresent(value ->
            Questions.wrong(parameter, value)
                .ifPresent(wrong ->
                    refuse(
                        "bad-default",
                        "The default of " + parameter.key() + " is no answer: " + wrong.detail(),
                        at + "/defaultValue",
                        wrong.hint().orElse("Give one that passes its own validation."))));
  }

  private boolean bounds(AppParameter parameter, String at) {
    var wrong =
        parameter.min().isPresent()
            && parameter.max().isPresent()
            && parameter.min().get() > parameter.max().get();
    if (wrong) {
      refuse("bounds", "Its min is greater than its max.", at + "/min", "Exchange them.");
    }
    return !wrong;
  }

  private boolean pattern(Optional<String> pattern, String at) {
    try {
      pattern.ifPresent(text -> SafePattern.compile(Questions.whole(text)));
      return true;
    } catch (IllegalArgumentException e) {
      refuse("bad-pattern", String.valueOf(e.getMessage()), at, "Correct the expression.");
      return false;
    }
  }

  private void conditions(AppParameter parameter, String at, Set<String> before) {
    for (var line = 0; line < parameter.visibilityCondition().size(); line++) {
      var conditions = parameter.visibilityCondition().get(line);
      for (var i = 0; i < conditions.size(); i++) {
        condition(conditions.get(i), at + "/visibilityCondition/" + line + "/" + i, before);
      }
    }
  }

  private void condition(AppParameter.Condition condition, String at, Set<String> before) {
    if (!before.contains(condition.key())) {
      refuse(
          "unknown-parameter",
          "No parameter before this one is called " + condition.key() + ".",
          at + "/key",
          Suggest.didYouMean(condition.key(), before).orElse("Name one that is asked earlier."));
    }
    switch (condition.operator()) {
      case DEFINED, UNDEFINED -> {}
      case MATCH, NOT_MATCH ->
          pattern(condition.value().map(String::valueOf).or(() -> Optional.of("")), at + "/value");
      case EQUAL, NOT_EQUAL, GREATER_THAN, LESSER_THAN -> {
        if (condition.value().isEmpty()) {
          refuse("required", "A condition compares with nothing.", at, "Add value.");
        }
      }
    }
  }

  private void resources() {
    if (manifest.resources().size() > AppManifest.RESOURCES_MAX) {
      refuse(
          "too-many-resources",
          "An app makes at most %d resources, this one %d."
              .formatted(AppManifest.RESOURCES_MAX, manifest.resources().size()),
          "/resources",
          "Split it into several apps.");
    }
    manifest
        .resources()
        .forEach((name, value) -> {
          if (!(value instanceof Map<?, ?>)) {
            refuse(
                "wrong-type",
                "It is no object.",
                Pointers.of("/resources", name),
                "Give attributes.");
          }
        });
  }

  private void refuse(String code, String detail, String pointer, String hint) {
    found.add(new Violation(code, detail, pointer, Optional.of(hint)));
  }
}
