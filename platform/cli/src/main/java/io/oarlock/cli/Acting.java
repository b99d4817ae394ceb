package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.Action;
import io.oarlock.model.Attribute;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.ValueType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock api act}: what can be asked of a resource beyond reading and writing it. */
final class Acting {
  private Acting() {}

  static Command command() {
    return Command.leaf(
        "act",
        "Asks an action of a resource, such as: act automation NAME calltokens.",
        Acting::run,
        Acting::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        ApiCommands.type(),
        Option.word(1, "ID", "Identifier or name; left out for actions of the type itself."),
        Option.maybe(2, "ACTION", "Name of the action; see oarlock explain TYPE."),
        Option.set(),
        Option.file(),
        Option.namespace(),
        Option.treeOutput());
  }

  private static int run(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    var action = action(type, given.word(2).or(() -> given.word(1)).orElseThrow());
    if (action.onType() == given.word(2).isPresent()) {
      throw Failure.usage(
          action.onType()
              ? "The action " + action.name() + " is asked of the type, without an ID"
              : "Which " + type.name() + " shall " + action.name() + "?",
          "Write: oarlock api act TYPE " + (action.onType() ? "" : "ID ") + action.name());
    }
    var body = body(session, given, action);
    try (var api = session.api()) {
      var path = path(api, given, type, action);
      var ask = Ask.of(action.method(), path);
      var reply = api.ask(action.method().equals("GET") ? ask : ask.body(body));
      if (reply.tree() != null) {
        new Output(session, given, "json").tree(reply.tree());
      }
    }
    return Exit.OK;
  }

  private static Action action(ResourceType type, String name) {
    var names = type.actions().stream().map(Action::name).toList();
    return type.actions().stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.usage(
                "There is no action \"" + name + "\" of " + type.name(),
                Suggest.didYouMean(name, names).orElse("It has: " + String.join(", ", names))));
  }

  private static String path(Api api, Arguments given, ResourceType type, Action action) {
    if (action.onType()) {
      return Types.path(type) + "/" + action.name();
    }
    var found = new Target(type, given.word(1).orElseThrow()).ask(api, "GET", ask -> ask).object();
    var id = Tree.text(found, "id").orElseThrow();
    return Types.path(type, id) + "/" + action.name();
  }

  private static Map<String, Object> body(Session session, Arguments given, Action action)
      throws IOException {
    var documents = Documents.read(given.all(Option.FILE), session.terminal().in());
    if (documents.size() > 1) {
      throw Failure.usage("An action takes one document, not " + documents.size());
    }
    Map<String, Object> base = documents.isEmpty() ? Map.of() : documents.getFirst().tree();
    return Assignments.apply(action.name(), input(action), base, given.all(Option.SET));
  }

  private static List<Attribute> input(Action action) {
    return action.input().orElse(null) instanceof ValueType.ObjectOf object
        ? object.attributes()
        : List.of();
  }
}
