package io.oarlock.cli;

import io.oarlock.model.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code oarlock completion}: a script for the shell that completes words. */
final class Completion {
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private Completion() {}

  static Command command() {
    return Command.leaf(
        "completion",
        "Prints a completion script: bash, zsh or fish.",
        Completion::run,
        () -> List.of(Option.word(0, "SHELL", "bash, zsh or fish.")));
  }

  private static int run(Session session, Arguments given) {
    var shell = given.word(0).orElseThrow();
    if (!SHELLS.contains(shell)) {
      throw Failure.usage("No completion for " + shell, "Use bash, zsh or fish.");
    }
    var root = Oarlock.root().spec(session, List.of());
    var types = session.model().types().stream().map(ResourceType::plural).toList();
    var script = shell.equals("fish") ? fish(root, types) : bash(root, types, shell.equals("zsh"));
    session.terminal().out().print(script);
    return Exit.OK;
  }

  private static String bash(CommandSpec root, List<String> types, boolean zsh) {
    withTypes(root, types);
    var script = AutoComplete.bash("oarlock", new CommandLine(root));
    return zsh
        ? "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n"
            + script
        : script;
  }

  /** Every word called TYPE is one of those. */
  private static void withTypes(CommandSpec spec, List<String> types) {
    for (var word : List.copyOf(spec.positionalParameters())) {
      if (word.paramLabel().startsWith("TYPE")) {
        spec.remove(word);
        spec.addPositional(word.toBuilder().completionCandidates(types).build());
      }
    }
    spec.subcommands().values().forEach(line -> withTypes(line.getCommandSpec(), types));
  }

  private static String fish(CommandSpec root, List<String> types) {
    var lines = new ArrayList<String>();
    lines.add("complete -c oarlock -f");
    fish(root, List.of(), types, lines);
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static void fish(
      CommandSpec spec, List<String> path, List<String> types, List<String> lines) {
    var names = spec.subcommands().keySet();
    var condition = condition(path, List.copyOf(names));
    spec.subcommands()
        .forEach((name, line) -> {
          lines.add(condition + " -a " + name + " -d " + quoted(doc(line.getCommandSpec())));
          var below = new ArrayList<>(path);
          below.add(name);
          fish(line.getCommandSpec(), below, types, lines);
        });
    if (names.isEmpty()) {
      words(spec, condition, types, lines);
    }
  }

  private static void words(
      CommandSpec spec, String condition, List<String> types, List<String> lines) {
    if (spec.positionalParameters().stream()
        .anyMatch(word -> word.paramLabel().startsWith("TYPE"))) {
      lines.add(condition + " -a " + quoted(String.join(" ", types)));
    }
    for (var option : spec.options()) {
      var names =
          List.of(option.names()).stream()
              .map(name ->
                  name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1))
              .collect(Collectors.joining());
      var value = option.arity().max() > 0 ? " -r" : "";
      lines.add(
          condition + names + value + " -d " + quoted(String.join(" ", option.description())));
    }
  }

  private static String condition(List<String> path, List<String> below) {
    var seen =
        path.stream()
            .map(word -> "__fish_seen_subcommand_from " + word)
            .collect(Collectors.joining("; and "));
    var none = below.isEmpty() ? "" : "not __fish_seen_subcommand_from " + String.join(" ", below);
    var both = seen.isEmpty() || none.isEmpty() ? seen + none : seen + "; and " + none;
    return "complete -c oarlock -n " + quoted(both);
  }

  private static String doc(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().description());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }
}
