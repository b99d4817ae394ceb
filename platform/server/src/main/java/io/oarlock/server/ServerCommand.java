package io.oarlock.server;

import io.oarlock.model.Suggest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command of this program.
 *
 * @param doc what it does, in a sentence
 * @param operand what it wants besides flags; empty for nothing
 */
record ServerCommand(String word, String doc, String operand, List<Flag> flags) {
  static final String HELP = "--help";

  /** All there are. */
  static final List<ServerCommand> ALL =
      List.of(
          new ServerCommand(
              "up",
              "Starts the platform, and runs until it is told to stop.",
              "",
              List.of(
                  new Flag("--port", "N", "Port to serve, 0 for a free one (8443)."),
                  new Flag("--host", "ADDRESS", "Address to serve (127.0.0.1)."),
                  new Flag("--http", "", "HTTP without TLS, on loopback only."),
                  new Flag("--data", "DIRECTORY", "The embedded store ($OARLOCK_HOME/data)."),
                  new Flag("--store", "URL", "A MongoDB replica set, not the embedded store."),
                  new Flag("--origin", "URL", "A site whose pages may use the API; once for each."),
                  new Flag(
                      "--require-confinement",
                      "",
                      "Do not start where scripts cannot be confined."),
                  new Flag("--detach", "", "Return when it is ready, and let it run on."),
                  new Flag("--json", "", "Tell as JSON where it is."))),
          new ServerCommand(
              "down",
              "Stops the platform of this home, and waits until it has ended.",
              "",
              List.of()),
          new ServerCommand(
              "status",
              "Tells whether the platform of this home runs, and where; exit code 3 if it does not.",
              "",
              List.of(new Flag("--json", "", "As JSON."))),
          new ServerCommand(
              "backup",
              "Writes a copy of all data to a file, while the platform runs.",
              "FILE",
              List.of()),
          new ServerCommand(
              "restore",
              "Makes the data of this home from a backup; there must be none yet.",
              "FILE",
              List.of()));

  /**
   * A word that changes what a command does.
   *
   * @param value what follows it; empty when nothing does
   */
  record Flag(String name, String value, String doc) {
    String usage() {
      return value.isEmpty() ? name : name + " " + value;
    }
  }

  static ServerCommand of(String word) {
    return ALL.stream()
        .filter(command -> command.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new UsageException("There is no command " + word + hint(word)));
  }

  private static String hint(String word) {
    var words = ALL.stream().map(ServerCommand::word).toList();
    return Suggest.didYouMean(word, words).map(hint -> ". " + hint).orElse("");
  }

  /** Refuses what it does not take: another flag, or another number of operands. */
  void requireKnown(List<String> words) {
    var operands = 0;
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.startsWith("-")) {
        i += flag(word).value().isEmpty() ? 0 : 1;
      } else {
        operands++;
      }
    }
    if (operands != (operand.isEmpty() ? 0 : 1)) {
      throw new UsageException(
          word + (operand.isEmpty() ? " takes no operand" : " wants one " + operand) + seeHelp());
    }
  }

  private Flag flag(String name) {
    return flags.stream()
        .filter(flag -> flag.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private UsageException unknown(String flag) {
    var names = Stream.concat(flags.stream().map(Flag::name), Stream.of(HELP)).toList();
    var hint = Suggest.didYouMean(flag, names).map(text -> ". " + text).orElse("");
    return new UsageException(word + " knows no " + flag + hint + seeHelp());
  }

  private String seeHelp() {
    return ". See ./oarlock " + word + " " + HELP;
  }

  String help() {
    var usage = flags.isEmpty() ? "" : " [flags]";
    var help = new StringBuilder("usage: ./oarlock ").append(word).append(usage);
    help.append(operand.isEmpty() ? "" : " " + operand).append("\n\n").append(doc).append('\n');
    for (var flag : flags) {
      help.append("\n  %-21s %s".formatted(flag.usage(), flag.doc()));
    }
    return help.toString().stripTrailing();
  }
}
