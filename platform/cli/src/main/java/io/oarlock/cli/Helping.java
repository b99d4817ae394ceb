package io.oarlock.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/** {@code oarlock help}. */
final class Helping {
  private Helping() {}

  static Command command() {
    return Command.leaf(
        "help",
        "Shows every command, or how to use one.",
        Helping::run,
        () -> List.of(Option.words("COMMAND", "Such as: api create.")));
  }

  private static int run(Session session, Arguments given) {
    var root = Oarlock.root().spec(session, List.of());
    var terminal = session.terminal();
    line(root, given.words())
        .usage(terminal.out(), terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF);
    return Exit.OK;
  }

  private static CommandLine line(CommandSpec root, List<String> words) {
    var line = new CommandLine(root);
    for (var word : words) {
      var next = line.getSubcommands().get(word);
      if (next == null) {
        throw Failure.usage(
            "There is no command \"" + String.join(" ", words) + "\"",
            "All commands: oarlock help");
      }
      line = next;
    }
    return line;
  }
}
