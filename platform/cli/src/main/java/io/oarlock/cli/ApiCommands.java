package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.Attribute;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code oarlock api …}: the operations on resources of any type. */
final class ApiCommands {
  private static final String OVERRIDE = "--override";
  private static final List<String> WORDS =
      List.of("list", "get", "create", "update", "patch", "delete", "count", "search", "act");

  private ApiCommands() {}

  static Command group() {
    return new Command.Group(
        "api", "Reads and writes resources of any type.", WORDS, ApiCommands::command);
  }

  private static Command command(String word) {
    return switch (word) {
      case "list" -> Reading.list("list");
      case "get" -> get("get");
      case "create" ->
          Command.leaf(
              word, "Creates a resource.", ApiCommands::create, ApiCommands::createArguments);
      case "update" ->
          Command.leaf(
              word,
              "Replaces a resource by that of a file, or changes what --set says.",
              ApiCommands::update,
              ApiCommands::changeArguments);
      case "patch" ->
          Command.leaf(
              word,
              "Changes the attributes given.",
              ApiCommands::patch,
              ApiCommands::changeArguments);
      case "delete" -> delete("delete");
      case "count" -> Reading.count();
      case "search" -> Reading.search();
      case "act" -> Acting.command();
      default -> throw Command.unknown(word);
    };
  }

  static Command get(String name) {
    return Command.leaf(name, "Shows one resource.", ApiCommands::get, ApiCommands::getArguments);
  }

  static Command delete(String name) {
    return Command.leaf(
        name, "Deletes a resource, or all that match -q.", Deleting::run, Deleting::arguments);
  }

  static PositionalParamSpec type() {
    return Option.word(0, "TYPE", "Resource type, such as automations; see oarlock explain.");
  }

  static PositionalParamSpec id() {
    return Option.maybe(1, "ID", "Identifier, name:NAME or the name itself.");
  }

  private static List<ArgSpec> getArguments() {
    return List.of(type(), id(), Option.namespace(), fields(), Option.output(), Option.columns());
  }

  static ArgSpec fields() {
    return Option.text("ATTRS", "Only these attributes, separated by commas.", "--fields");
  }

  private static List<ArgSpec> createArguments() {
    return List.of(
        type(),
        Option.set(),
        Option.file(),
        Option.namespace(),
        Option.dryRun(),
        Option.output(),
        Option.columns(),
        Option.text("KEY", "A repeat with this key gets the first answer.", "--idempotency-key"));
  }

  private static List<ArgSpec> changeArguments() {
    return List.of(
        type(),
        id(),
        Option.set(),
        Option.file(),
        Option.namespace(),
        Option.dryRun(),
        Option.output(),
        Option.columns(),
        ifMatch(),
        override());
  }

  static ArgSpec ifMatch() {
    return Option.text("VERSION", "Only if it is still at this version.", "--if-match");
  }

  static ArgSpec override() {
    return Option.flag("Also when the resource is protected.", OVERRIDE);
  }

  static int get(Session session, Arguments given) throws IOException {
    var target = Target.of(session, given);
    var output = new Output(session, given, "table");
    try (var api = session.api()) {
      var query = new Query().with("fields", given.text("--fields"));
      output.one(target.type(), target.ask(api, "GET", ask -> ask.query(query)).object());
    }
    return Exit.OK;
  }

  private static int create(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    requireOperation(type, Operation.CREATE);
    var bodies = bodies(session, given, type);
    try (var api = session.api()) {
      for (var body : bodies) {
        var ask = Ask.of("POST", Types.path(type)).query(writing(given)).body(body);
        var key = given.text("--idempotency-key");
        var reply = api.ask(key.map(k -> ask.header("Idempotency-Key", k)).orElse(ask));
        wrote(session, given, type, "created", reply.object());
      }
    }
    return Exit.OK;
  }

  /** One from {@code --set} alone, or those of the files, with what {@code --set} adds to each. */
  private static List<Map<String, Object>> bodies(
      Session session, Arguments given, ResourceType type) throws IOException {
    var bodies = new ArrayList<Map<String, Object>>();
    for (var document : Documents.read(given.all(Option.FILE), session.terminal().in())) {
      bodies.add(
          Assignments.apply(type, withoutType(type, document.tree()), given.all(Option.SET)));
    }
    if (bodies.isEmpty()) {
      bodies.add(Assignments.apply(type, Map.of(), given.all(Option.SET)));
    }
    return bodies;
  }

  /** A document meant for apply says its type; the route says it here. */
  private static Map<String, Object> withoutType(ResourceType type, Map<String, Object> tree) {
    var body = new LinkedHashMap<>(tree);
    for (var member : List.of("type", "kind")) {
      if (type.attribute(member).isEmpty()) {
        body.remove(member);
      }
    }
    return body;
  }

  private static int update(Session session, Arguments given) throws IOException {
    return given.all(Option.FILE).isEmpty()
        ? patch(session, given)
        : change(session, given, "PUT", Operation.UPDATE);
  }

  private static int patch(Session session, Arguments given) throws IOException {
    return change(session, given, "PATCH", Operation.PATCH);
  }

  private static int change(Session session, Arguments given, String method, Operation operation)
      throws IOException {
    var target = Target.of(session, given);
    requireOperation(target.type(), operation);
    var bodies = bodies(session, given, target.type());
    if (bodies.size() != 1 || bodies.getFirst().isEmpty()) {
      throw Failure.usage(
          "What shall change?", "Give --set ATTR=VALUE, or -f FILE with one resource.");
    }
    try (var api = session.api()) {
      var reply =
          target.ask(
              api,
              method,
              ask -> matching(given, ask.query(writing(given)).body(bodies.getFirst())));
      wrote(session, given, target.type(), "updated", reply.object());
    }
    return Exit.OK;
  }

  static Ask matching(Arguments given, Ask ask) {
    return given
        .text("--if-match")
        .map(version -> ask.header("If-Match", '"' + version + '"'))
        .orElse(ask);
  }

  static Query writing(Arguments given) {
    return new Query()
        .with("dryRun", given.flag(Option.DRY_RUN))
        .with("override", given.flag(OVERRIDE));
  }

  static void requireOperation(ResourceType type, Operation operation) {
    if (!type.allows(operation)) {
      throw Failure.usage(
          "Nobody can " + operation.permission() + " " + type.plural(),
          "They allow: " + type.operations().stream().sorted().map(Operation::permission).toList());
    }
  }

  /** Tells what happened, and what will never be shown again. */
  static void wrote(
      Session session,
      Arguments given,
      ResourceType type,
      String verb,
      Map<String, Object> resource) {
    var output = new Output(session, given, "said");
    if (!output.format().equals("said")) {
      output.one(type, resource);
      return;
    }
    var out = session.terminal().out();
    var suffix = given.flag(Option.DRY_RUN) ? " (dry run)" : "";
    out.println(Types.said(type, resource) + " " + verb + suffix);
    type.attributes().stream()
        .filter(attribute -> attribute.is(Attribute.Flag.SHOWN_ONCE))
        .map(Attribute::name)
        .filter(resource::containsKey)
        .forEach(name -> out.println(name + ": " + resource.get(name)));
  }
}
