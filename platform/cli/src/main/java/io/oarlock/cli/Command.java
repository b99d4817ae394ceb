package io.oarlock.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
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
      switch (argument) {
        case OptionSpec option -> spec.addOption(option);
        case PositionalParamSpec word -> spec.addPositional(word);
        default -> throw new IllegalArgumentException("Neither option nor word: " + argument);
      }
    }

    private static List<OptionSpec> everywhere() {
      return List.of(
          Option.text("NAME", "Profile to use.", Option.PROFILE),
          Option.flag("Shows each request as a curl command.", Option.TRACE),
          Option.flag("Says more when something fails.", Option.VERBOSE));
    }
  }

  /** A command that only leads to others. */
  record Group(String name, String doc, List<Command> commands) implements Command {

    @Override
    public CommandSpec spec(Session session, List<String> words) {
      var spec = described(CommandSpec.create(), this);
      chosen(words)
          .forEach(next -> spec.addSubcommand(next.name(), next.spec(session, tail(words))));
      return spec;
    }

    /** The one command meant, or all of them when help is wanted or a word is mistyped. */
    private List<Command> chosen(List<String> words) {
      return commands.stream()
          .filter(next -> !words.isEmpty() && next.name().equals(words.getFirst()))
          .findFirst()
          .map(List::of)
          .orElse(commands);
    }

    private static List<String> tail(List<String> words) {
      return words.isEmpty() ? words : words.subList(1, words.size());
    }
  }

  static Leaf leaf(String name, String doc, Work work, Supplier<List<ArgSpec>> arguments) {
    return new Leaf(name, doc, arguments, work);
  }

  static Group group(String name, String doc, Command... commands) {
    return new Group(name, doc, Arrays.asList(commands));
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
