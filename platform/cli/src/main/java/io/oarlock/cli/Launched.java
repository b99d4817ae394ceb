package io.oarlock.cli;

import java.util.List;

/** Words the launcher handles before this program starts; here so that help tells of them. */
final class Launched {
  private Launched() {}

  static Command word(String name, String doc) {
    return Command.leaf(
        name,
        doc,
        (session, given) -> {
          throw Failure.usage(
              "\"" + name + "\" is done by the launcher", "Run it as: ./oarlock " + name);
        },
        () -> List.of(Option.words("ARG", "See ./oarlock " + name + " --help.")));
  }
}
