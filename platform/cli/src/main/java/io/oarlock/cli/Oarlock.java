package io.oarlock.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what comes of a line of words. */
final class Oarlock {
  private final Session session;

  Oarlock(Session session) {
    this.session = session;
  }

  static Command.Group root() {
    return Command.group(
        "oarlock",
        "Speaks to an Oarlock platform.",
        Login.command(),
        ProfileCommands.logout(),
        ProfileCommands.group(),
        Identity.whoami(),
        Identity.token(),
        Getting.command(),
        ApiCommands.group(),
        ApiCommands.delete("delete"),
        Applying.applyCommand(),
        Applying.diffCommand(),
        Explaining.command(),
        Watching.command(),
        Runs.runsCommand(),
        Runs.logsCommand(),
        Completion.command(),
        Versions.command(),
        Helping.command(),
        Launched.word("up", "Starts the platform, building what is missing."),
        Launched.word("down", "Stops the platform."),
        Launched.word("status", "Says whether the platform runs."),
        Launched.word("demo", "Shows hooks, automations and events at work."),
        Launched.word("verify", "Runs all tests."));
  }

  /** The exit code. */
  int run(String... args) {
    var words = List.of(args);
    var line = new CommandLine(root().spec(session, words));
    var terminal = session.terminal();
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(Help.defaultColorScheme(terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setParameterExceptionHandler((failure, rest) -> misread(failure));
    line.setExecutionExceptionHandler((failure, at, parsed) -> failed(failure, words));
    return line.execute(args);
  }

  private int misread(ParameterException failure) {
    var terminal = session.terminal();
    if (!failure.getCommandLine().getSubcommands().isEmpty()
        && String.valueOf(failure.getMessage()).startsWith("Missing required sub")) {
      failure.getCommandLine().usage(terminal.err());
      return Exit.USAGE;
    }
    terminal.err().println(terminal.bold(terminal.red("error: ")) + failure.getMessage());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(word -> terminal.err().println("  Did you mean \"" + word + "\"?"));
    }
    var command = failure.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("  Help: " + command + " --help");
    return Exit.USAGE;
  }

  private int failed(Exception failure, List<String> words) {
    if (failure instanceof Failure told) {
      session.terminal().print(told);
      return told.exit();
    }
    var reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    session.terminal().print(Failure.of(Exit.FAILURE, reason));
    if (words.contains(Option.VERBOSE)) {
      failure.printStackTrace(session.terminal().err());
    }
    return Exit.FAILURE;
  }
}
