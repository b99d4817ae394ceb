package io.oarlock.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what comes of a line of words. */
final class Oarlock {
  private static final List<String> WORDS =
      Stream.concat(
              Stream.of(
                  "login",
                  "logout",
                  "profile",
                  "whoami",
                  "token",
                  "get",
                  "api",
                  "delete",
                  "apply",
                  "diff",
                  "export",
                  "import",
                  "app",
                  "explain",
                  "watch",
                  "runs",
                  "run",
                  "logs",
                  "trace",
                  "enforcer",
                  "why",
                  "map",
                  "completion",
                  "version",
                  "help"),
              Launched.WORDS.stream())
          .toList();

  private static final Set<String> WRITES = Set.of("create", "update", "patch");

  private final Session session;

  Oarlock(Session session) {
    this.session = session;
  }

  static Command.Group root() {
    return new Command.Group("oarlock", "Speaks to an Oarlock platform.", WORDS, Oarlock::command);
  }

  // One at a time: to link what all of them refer to takes longer than most of them run.
  private static Command command(String word) {
    return switch (word) {
      case "login" -> Login.command();
      case "logout" -> ProfileCommands.logout();
      case "profile" -> ProfileCommands.group();
      case "whoami" -> Identity.whoami();
      case "token" -> Identity.token();
      case "get" -> Getting.command();
      case "api" -> ApiCommands.group();
      case "delete" -> ApiCommands.delete("delete");
      case "apply" -> Applying.applyCommand();
      case "diff" -> Applying.diffCommand();
      case "export" -> Exporting.command();
      case "import" -> Importing.command();
      case "app" -> AppCommands.group();
      case "explain" -> Explaining.command();
      case "watch" -> Watching.command();
      case "runs" -> Runs.runsCommand();
      case "run" -> RunCommands.group();
      case "logs" -> Runs.logsCommand();
      case "trace" -> Chain.command();
      case "enforcer" -> EnforcerCommands.group();
      case "why" -> Asking.command();
      case "map" -> Mapping.command();
      case "completion" -> Completion.command();
      case "version" -> Versions.command();
      case "help" -> Helping.command();
      default -> Launched.command(word);
    };
  }

  /** The exit code. */
  int run(String... args) {
    var words = List.of(args);
    var line = new CommandLine(root().spec(session, words));
    // An order such as --sort=-createTime begins like an option.
    line.setAllowOptionsAsOptionParameters(true);
    var terminal = session.terminal();
    line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(Help.defaultColorScheme(terminal.colors() ? Help.Ansi.ON : Help.Ansi.OFF));
    line.setParameterExceptionHandler((failure, rest) -> misread(failure));
    line.setExecutionExceptionHandler((failure, at, parsed) -> failed(failure, words));
    var exit = line.execute(args);
    return exit == Exit.OK && asksForHelp(words) ? settable(words.get(2)) : exit;
  }

  /** {@code oarlock api create TYPE --help} tells what can be set on that type. */
  private static boolean asksForHelp(List<String> words) {
    return words.size() > 3
        && words.getFirst().equals("api")
        && WRITES.contains(words.get(1))
        && !words.get(2).startsWith("-")
        && (words.contains("--help") || words.contains("-h"));
  }

  private int settable(String type) {
    try {
      Explaining.settable(session, type);
      return Exit.OK;
    } catch (Failure failure) {
      session.terminal().print(failure);
      return failure.exit();
    }
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
