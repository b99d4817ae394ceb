package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A word on the command line. Built without reflection, and only when it is asked for: a command's
 * start-up time is most of its time.
 */
sealed interface Command {
  String name();

  String doc();

  CommandSpec spec(Session session, List<String> words);

  /** What a command does; it answers its exit code. */
  @FunctionalInterface
  interface Work {
    int run(Session session, Arguments arguments) throws Exception;
  }

  /** A command that does something. */
  record Leaf(String name, String doc, Supplier<List<ArgSpec>> arguments, Work work)
      implements Command {

    @Override
    public CommandSpec spec(Session session, List<String> words) {
      var holder = new ArrayList<CommandSpec>(1);
      Callable<Integer> call =
          () -> {
            var parsed = holder.getFirst().commandLine().getParseResult();
            return work.run(session.with(new Arguments(parsed)), new Arguments(parsed));
          };
      var spec = described(CommandSpec.wrapWithoutInspection(call), this);
      holder.add(spec);
      arguments.get().forEach(argument -> add(spec, argument));
      everywhere().forEach(spec::addOption);
      return spec;
    }

    private static void add(CommandSpec spec, ArgSpec argument) {
      if (argument instanceof OptionSpec option) {
        spec.addOption(option);
      } else {
        spec.addPositional((PositionalParamSpec) argument);
      }
    }

    private static List<OptionSpec> everywhere() {
      return List.of(
          Option.text("NAME", "Profile to use.", Option.PROFILE),
          Option.flag("Shows each request as a curl command.", Option.TRACE),
          Option.flag("Says more when something fails.", Option.VERBOSE));
    }
  }

  /**
   * A command that only leads to others.
   *
   * @param words names of the others, in the order of help
   * @param commands makes the one of a name; called for no more than are needed
   */
  record Group(String name, String doc, List<String> words, Function<String, Command> commands)
      implements Command {

    @Override
    public CommandSpec spec(Session session, List<String> line) {
      var spec = described(CommandSpec.create(), this);
      var below = line.isEmpty() ? line : line.subList(1, line.size());
      for (var word : chosen(line)) {
        spec.addSubcommand(word, commands.apply(word).spec(session, below));
      }
      return spec;
    }

    /** The one command meant, or all of them when help is wanted or a word is mistyped. */
    private List<String> chosen(List<String> line) {
      return !line.isEmpty() && words.contains(line.getFirst()) ? List.of(line.getFirst()) : words;
    }
  }

  static Leaf leaf(String name, String doc, Work work, Supplier<List<ArgSpec>> arguments) {
    return new Leaf(name, doc, arguments, work);
  }

  /** For a group asked for a word it does not have, which is a mistake in this program. */
  static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException("No command " + word);
  }

  private static CommandSpec described(CommandSpec spec, Command command) {
    spec.name(command.name());
    spec.usageMessage().description(command.doc()).abbreviateSynopsis(true);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .arity("0")
            .type(boolean.class)
            .description("Shows this help.")
            .build());
    return spec;
  }
}
