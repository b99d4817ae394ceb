package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code oarlock trace}: the chain something belongs to, from the call that began it to the last
 * delivery. Everything that follows from a call carries its request, so three lists are all of it.
 */
final class Chain {
  private static final List<String> TYPES = List.of("activity", "run", "delivery");
  private static final String LIMIT = "1000";

  private final Session session;
  private final Map<String, List<Step>> below = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();

  /** Something that happened, below what it followed from. */
  private record Step(String id, String at, String text) {}

  private Chain(Session session) {
    this.session = session;
  }

  static Command command() {
    return Command.leaf(
        "trace",
        "Draws the chain something belongs to, from the call that began it to the last delivery.",
        (session, given) -> new Chain(session).draw(given),
        () ->
            List.of(
                Option.word(0, "ID", "Id of a request, an event, a run or a delivery."),
                Option.namespace()));
  }

  private int draw(Arguments given) throws Exception {
    var id = given.word(0).orElseThrow();
    try (var api = session.api()) {
      var request = TYPES.stream().flatMap(type -> request(api, type, id).stream()).findFirst();
      var beginning = request.orElse(id);
      var found = new ArrayList<Map<String, Object>>();
      for (var type : TYPES) {
        found.addAll(all(api, session.type(type), beginning));
      }
      if (found.isEmpty()) {
        throw Failure.of(
            Exit.NOT_FOUND,
            "Nothing in this namespace, or below it, belongs to \"" + id + "\"",
            "Give the id of a request, an event, a run or a delivery; -n / looks everywhere");
      }
      found.forEach(each -> known.add(Tree.text(each, "id").orElse("")));
      found.forEach(each -> add(beginning, each));
      session.terminal().out().println(session.terminal().bold("request " + beginning));
      print(beginning, "", new HashSet<>());
    }
    return Exit.OK;
  }

  private Optional<String> request(Api api, String type, String id) {
    try {
      var found = api.ask(Ask.of("GET", Types.path(session.type(type), id))).object();
      return Tree.text(Tree.map(found.get("cause")), "request");
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static List<Map<String, Object>> all(Api api, ResourceType type, String request) {
    var query =
        new Query()
            .with("q", "cause.request == \"" + request.replace("\"", "") + "\"")
            .with("recursive", true)
            .with("order", "createTime")
            .with("limit", LIMIT);
    var rows = Tree.maps(api.ask(Ask.of("GET", Types.path(type)).query(query)).tree());
    var typed = new ArrayList<Map<String, Object>>();
    for (var row : rows) {
      var copy = new LinkedHashMap<>(row);
      copy.put("kind", type.name());
      typed.add(copy);
    }
    return typed;
  }

  private void add(String beginning, Map<String, Object> row) {
    var cause = Tree.map(row.get("cause"));
    var parent =
        List.of(Tree.text(row, "eventId"), Tree.text(cause, "id"), Tree.text(cause, "parent"))
            .stream()
            .flatMap(Optional::stream)
            .filter(known::contains)
            .findFirst()
            .orElse(beginning);
    below
        .computeIfAbsent(parent, _ -> new ArrayList<>())
        .add(
            new Step(
                Tree.text(row, "id").orElse(""),
                Tree.text(row, "createTime").orElse(""),
                text(row)));
  }

  private static String text(Map<String, Object> row) {
    var status = Tree.text(row, "status").orElse("");
    return switch (Tree.text(row, "kind").orElse("")) {
      case "run" ->
          "run of " + Tree.text(row, "automation").orElse("") + ": " + status + limit(row);
      case "delivery" ->
          Tree.text(row, "mode").orElse("Event")
              + " "
              + Tree.text(row, "sourceType").orElse("")
              + " "
              + Tree.text(row, "sourceName").orElse("")
              + ": "
              + status
              + ", "
              + Tree.maps(row.get("attempts")).size()
              + " attempts";
      default ->
          Tree.text(row, "operation").orElse("")
              + " "
              + Tree.text(row, "targetType").orElse("")
              + " "
              + Tree.text(row, "targetName").or(() -> Tree.text(row, "targetId")).orElse("")
              + ("Refused".equals(row.get("outcome"))
                  ? ": refused, " + Tree.text(row, "code").orElse("")
                  : "");
    };
  }

  private static String limit(Map<String, Object> run) {
    return Tree.text(run, "limit").map(limit -> " (limit " + limit + ")").orElse("");
  }

  private void print(String parent, String indent, Set<String> drawn) {
    var steps = below.getOrDefault(parent, List.of());
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var isLast = i == steps.size() - 1;
      var terminal = session.terminal();
      terminal
          .out()
          .println(
              indent
                  + (isLast ? "└─ " : "├─ ")
                  + Display.lines(step.text())
                  + "  "
                  + terminal.dim(step.id() + "  " + step.at()));
      if (drawn.add(step.id())) {
        print(step.id(), indent + (isLast ? "   " : "│  "), drawn);
      }
    }
  }
}
