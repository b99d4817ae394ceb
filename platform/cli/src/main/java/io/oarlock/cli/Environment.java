package io.oarlock.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The variables a command honours. */
record Environment(Map<String, String> variables) {
  Environment {
    variables = Map.copyOf(variables);
  }

  /** A variable that is set to something. */
  Optional<String> get(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  /** Everything the program keeps. */
  Path home() {
    return get("OARLOCK_HOME")
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".oarlock"));
  }

  boolean wantsColors() {
    return get("NO_COLOR").isEmpty()
        && get("TERM").filter(term -> !term.equals("dumb")).isPresent();
  }
}
