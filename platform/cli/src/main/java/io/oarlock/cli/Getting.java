package io.oarlock.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock get TYPE [ID]}: one resource, or all. */
final class Getting {
  private Getting() {}

  static Command command() {
    return Command.leaf(
        "get", "Shows one resource, or lists a type.", Getting::run, Getting::arguments);
  }

  private static List<ArgSpec> arguments() {
    var arguments = new ArrayList<ArgSpec>(Reading.listArguments());
    arguments.add(1, ApiCommands.id());
    return arguments;
  }

  private static int run(Session session, Arguments given) throws Exception {
    var one = given.word(1).isPresent() || given.word(0).orElse("").contains("/");
    return one ? ApiCommands.get(session, given) : Reading.list(session, given);
  }
}
