package io.oarlock.cli;

import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;

/** Deleting one resource, or all that match. */
final class Deleting {
  private static final String YES = "--yes";

  private Deleting() {}

  static List<ArgSpec> arguments() {
    return List.of(
        ApiCommands.type(),
        ApiCommands.id(),
        Option.namespace(),
        Option.filter(),
        Option.recursive(),
        Option.dryRun(),
        ApiCommands.ifMatch(),
        ApiCommands.override(),
        Option.flag("Without asking.", "-y", YES));
  }

  static int run(Session session, Arguments given) throws IOException {
    return given.text(Option.FILTER).isPresent() && given.word(1).isEmpty()
        ? many(session, given)
        : one(session, given);
  }

  private static int one(Session session, Arguments given) throws IOException {
    var target = Target.of(session, given);
    ApiCommands.requireOperation(target.type(), Operation.DELETE);
    try (var api = session.api()) {
      delete(session, given, api, target);
    }
    return Exit.OK;
  }

  private static int many(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    ApiCommands.requireOperation(type, Operation.DELETE);
    try (var api = session.api()) {
      var query =
          new Query()
              .with("q", given.text(Option.FILTER))
              .with("recursive", given.flag(Option.RECURSIVE));
      var found = Reading.all(api, type, query);
      confirm(session, given, type, found);
      for (var resource : found) {
        delete(session, given, api, new Target(type, Tree.text(resource, "id").orElseThrow()));
      }
    }
    return Exit.OK;
  }

  private static void delete(Session session, Arguments given, Api api, Target target) {
    target.ask(
        api, "DELETE", ask -> ApiCommands.matching(given, ask.query(ApiCommands.writing(given))));
    var name = target.word().startsWith("name:") ? target.word().substring(5) : target.word();
    var suffix = given.flag(Option.DRY_RUN) ? " (dry run)" : "";
    session.terminal().out().println(Types.said(target.type(), name) + " deleted" + suffix);
  }

  private static void confirm(
      Session session, Arguments given, ResourceType type, List<Map<String, Object>> found) {
    if (given.flag(YES) || given.flag(Option.DRY_RUN) || found.isEmpty()) {
      return;
    }
    var question = "Delete " + found.size() + " " + type.plural() + "? [y/N] ";
    var person =
        Terminal.person()
            .orElseThrow(() ->
                Failure.usage(
                    "Nothing deleted: " + found.size() + " " + type.plural() + " match",
                    "Add --yes."));
    session.terminal().err().print(question);
    var answer = person.readLine();
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
      throw Failure.of(Exit.FAILURE, "Nothing deleted");
    }
  }
}
