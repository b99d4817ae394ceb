package io.oarlock.cli;

import io.oarlock.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock watch}: events as they happen. */
final class Watching {
  private static final String OPERATIONS = "--operations";
  private static final String AFTER = "--after";
  private static final String COUNT = "--count";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
  private static final Set<String> ALWAYS_CHANGED = Set.of("updateTime", "version");

  private final Session session;
  private final boolean json;
  private long left;

  private Watching(Session session, boolean json, long left) {
    this.session = session;
    this.json = json;
    this.left = left;
  }

  static Command command() {
    return Command.leaf(
        "watch", "Shows events as they happen, without gaps.", Watching::run, Watching::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.words("TYPE", "Only events of these types; default: all."),
        Option.namespace(),
        Option.recursive(),
        Option.text("FILTER", "Only objects that match.", "-q", Option.FILTER),
        Option.text("OPS", "Create, Update, Delete, separated by commas.", OPERATIONS),
        Option.number("N", "Go on after that sequence; 0 for all that are kept.", AFTER),
        Option.number("N", "End after so many events.", COUNT),
        Option.text("FORMAT", "table, or json for one event per line.", "-o", Option.OUTPUT));
  }

  private static int run(Session session, Arguments given) throws Exception {
    var types = given.words().stream().map(session::type).map(type -> type.name()).toList();
    var query =
        new Query()
            .with("types", joined(types))
            .with("operations", given.text(OPERATIONS))
            .with("recursive", given.flag(Option.RECURSIVE))
            .with("filter", given.text(Option.FILTER));
    var json = given.text(Option.OUTPUT).filter("json"::equals).isPresent();
    var watching = new Watching(session, json, given.number(COUNT).orElse(Long.MAX_VALUE));
    new EventStream(session, query, given.number(AFTER).map(Object::toString))
        .follow(() -> {}, watching::show);
    return Exit.OK;
  }

  private static Optional<String> joined(List<String> words) {
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(",", words));
  }

  /** Whether to go on: neither enough events seen nor the reader gone. */
  private boolean show(Map<String, Object> event) {
    var out = session.terminal().out();
    out.println(json ? Json.text(event) : line(event));
    return --left > 0 && !out.checkError();
  }

  private String line(Map<String, Object> event) {
    if ("Gap".equals(event.get("kind"))) {
      return session
          .terminal()
          .yellow("--- events " + event.get("from") + " to " + event.get("to") + " are gone ---");
    }
    var object = Tree.map(event.get("object"));
    var operation = Tree.text(event, "operation").orElse("?");
    var name = Tree.text(object, "name").or(() -> Tree.text(object, "id")).orElse("");
    return Display.line(Tree.text(event, "time").map(Watching::time).orElse(""))
        + "  "
        + colored(operation)
        + "  "
        + Display.line(
            Display.padded(Tree.text(event, "type").orElse(""), 20)
                + "  "
                + Display.padded(name, 28)
                + "  "
                + Tree.text(event, "namespace").orElse("")
                + changed(event, object)
                + cause(Tree.map(event.get("cause"))));
  }

  private static String time(String instant) {
    return TIME.format(Instant.parse(instant));
  }

  private String colored(String operation) {
    var terminal = session.terminal();
    var padded = Display.padded(operation, 6);
    return switch (operation) {
      case "Create" -> terminal.green(padded);
      case "Delete" -> terminal.red(padded);
      default -> terminal.yellow(padded);
    };
  }

  private static String changed(Map<String, Object> event, Map<String, Object> object) {
    var original = Tree.map(event.get("original"));
    if (original.isEmpty()) {
      return "";
    }
    var names = new TreeSet<>(object.keySet());
    names.addAll(original.keySet());
    names.removeAll(ALWAYS_CHANGED);
    names.removeIf(name -> Objects.equals(object.get(name), original.get(name)));
    return names.isEmpty() ? "" : names.stream().collect(Collectors.joining(", ", "  [", "]"));
  }

  private static String cause(Map<String, Object> cause) {
    var kind = Tree.text(cause, "kind").orElse("Request");
    return kind.equals("Request")
        ? ""
        : "  by " + kind.toLowerCase(java.util.Locale.ROOT) + " " + cause.getOrDefault("id", "");
  }
}
