package io.oarlock.cli;

import io.oarlock.marketplace.bundle.AppManifest;
import io.oarlock.marketplace.bundle.AppParameter;
import io.oarlock.marketplace.bundle.Questions;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks the person at the keyboard what an app has to know and nobody has said. */
final class AppQuestions {
  private static final int TRIES_MAX = 5;

  private final Terminal terminal;
  private final AppManifest manifest;
  private final Console person;

  private AppQuestions(Terminal terminal, AppManifest manifest, Console person) {
    this.terminal = terminal;
    this.manifest = manifest;
    this.person = person;
  }

  /** With what was asked; the same when nobody is there, for the platform to name all at once. */
  static Map<String, Object> complete(
      Terminal terminal, AppManifest manifest, Map<String, Object> answers) throws IOException {
    var person = Terminal.person();
    return person.isPresent()
        ? new AppQuestions(terminal, manifest, person.get()).complete(answers)
        : answers;
  }

  /** What is asked depends on the answers before, so it is found anew after each. */
  private Map<String, Object> complete(Map<String, Object> answers) throws IOException {
    var complete = answers;
    for (var missing = missing(complete); missing.isPresent(); missing = missing(complete)) {
      complete = ask(missing.get(), complete);
    }
    return complete;
  }

  private Optional<AppParameter> missing(Map<String, Object> answers) {
    return Questions.missing(manifest.parameters(), answers).stream().findFirst();
  }

  private Map<String, Object> ask(AppParameter parameter, Map<String, Object> answers)
      throws IOException {
    explain(parameter);
    for (var tries = 0; tries < TRIES_MAX; tries++) {
      var typed = person.readLine("%s: ", Display.line(parameter.shown()));
      if (typed == null) {
        break;
      }
      var answered = answered(parameter, typed.strip(), answers);
      if (answered.isPresent()) {
        return answered.get();
      }
    }
    throw Failure.usage(
        "There is no answer to " + parameter.key(), "Give it by --set " + parameter.key() + "=…");
  }

  private void explain(AppParameter parameter) {
    parameter.description().ifPresent(text -> terminal.note(Display.line(text)));
    parameter
        .allowedChoices()
        .forEach((value, label) -> terminal.note(Display.line("  " + value + "  " + label)));
  }

  /** The answers with this one; empty when it is none, which is told. */
  private Optional<Map<String, Object>> answered(
      AppParameter parameter, String typed, Map<String, Object> answers) throws IOException {
    if (typed.isEmpty()) {
      return Optional.empty();
    }
    try {
      var attributes = Questions.attributes(manifest.parameters());
      var assignment = List.of(parameter.key() + "=" + typed);
      var with = Assignments.apply(manifest.name(), attributes, answers, assignment);
      var value = Objects.requireNonNull(with.get(parameter.key()), "value is null");
      var wrong = Questions.wrong(parameter, value);
      wrong.ifPresent(
          each -> terminal.note(Display.line(each.detail() + " " + each.hint().orElse(""))));
      return wrong.isPresent() ? Optional.empty() : Optional.of(with);
    } catch (Failure failure) {
      terminal.note(Display.line(failure.title()));
      return Optional.empty();
    }
  }
}
