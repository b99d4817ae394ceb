package io.oarlock.cli;

import java.util.List;

/** Words the launcher handles before this program starts; here so that help tells of them. */
final class Launched {
  static final List<String> WORDS = List.of("up", "down", "status", "demo", "verify");

  private Launched() {}

  static Command command(String word) {
    return command(word, word, doc(word));
  }

  /** The last word of a command that the launcher handles. */
  static Command command(String word, String words, String doc) {
    return Command.leaf(
        word,
        doc,
        (session, given) -> {
          throw Failure.usage(
              "\"" + words + "\" is done by the launcher", "Run it as: ./oarlock " + words);
        },
        () -> List.of(Option.words("ARG", "See ./oarlock " + words + " --help.")));
  }

  private static String doc(String word) {
    return switch (word) {
      case "up" -> "Starts the platform, building what is missing.";
      case "down" -> "Stops the platform.";
      case "status" -> "Says whether the platform runs.";
      case "demo" -> "Shows hooks, automations and events at work.";
      case "verify" -> "Runs all tests.";
      default -> throw Command.unknown(word);
    };
  }
}
