package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock runs} and {@code oarlock logs}: what automations did and said. */
final class Runs {
  private static final String FAILED = "--failed";
  private static final String FOLLOW = "--follow";
  private static final String LIMIT = "--limit";
  private static final long LIMIT_DEFAULT = 20;
  private static final String NOT_WELL =
      "status IN [\"Failed\", \"LimitExceeded\", \"TimedOut\", \"Lost\"]";
  private static final Set<String> UNFINISHED = Set.of("Queued", "Running");

  private final Session session;
  private final Arguments given;
  private final ResourceType runs;
  private final ResourceType automations;

  /** How many lines of a run are printed already; a run's record carries all of them each time. */
  private final Map<String, Integer> printed = new HashMap<>();

  private final Map<String, String> names = new HashMap<>();

  private Runs(Session session, Arguments given) {
    this.session = session;
    this.given = given;
    this.runs = session.type("run");
    this.automations = session.type("automation");
  }

  static Command runsCommand() {
    return Command.leaf(
        "runs",
        "Lists runs of automations, newest first.",
        (session, given) -> new Runs(session, given).list(),
        () ->
            List.of(
                Option.maybe(0, "AUTOMATION", "Only those of this automation."),
                Option.flag("Only those that did not end well.", FAILED),
                Option.namespace(),
                Option.recursive(),
                limit(),
                Option.output(),
                Option.columns()));
  }

  static Command logsCommand() {
    return Command.leaf(
        "logs",
        "Shows what an automation's runs, or one run, logged.",
        (session, given) -> new Runs(session, given).logs(),
        () ->
            List.of(
                Option.word(0, "AUTOMATION|RUN", "Name or id of an automation, or id of a run."),
                Option.flag("Goes on with what is logged from now on.", "-f", FOLLOW),
                Option.namespace(),
                limit()));
  }

  private static ArgSpec limit() {
    return Option.number("N", "At most so many runs; default " + LIMIT_DEFAULT + ".", LIMIT);
  }

  private int list() throws IOException {
    var output = new Output(session, given, "table");
    try (var api = session.api()) {
      var automation =
          given.word(0).map(word -> automation(api, word).orElseThrow(() -> none(word)));
      var filter = new ArrayList<String>();
      automation.ifPresent(id -> filter.add(ofAutomation(id)));
      if (given.flag(FAILED)) {
        filter.add(NOT_WELL);
      }
      var found =
          newest(
              api, filter.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", filter)));
      if (output.isForPeople() && given.text(Option.COLUMNS).isEmpty() && !found.isEmpty()) {
        table(api, found);
      } else {
        output.many(runs, found);
      }
    }
    return Exit.OK;
  }

  private static Failure none(String word) {
    return Failure.of(Exit.NOT_FOUND, "There is no automation \"" + word + "\" here");
  }

  private static String ofAutomation(String id) {
    return "automation == \"" + id + "\"";
  }

  private List<Map<String, Object>> newest(Api api, Optional<String> filter) {
    var query =
        new Query()
            .with("q", filter)
            .with("order", "-createTime")
            .with("recursive", given.flag(Option.RECURSIVE))
            .with("limit", Long.toString(given.number(LIMIT).orElse(LIMIT_DEFAULT)));
    return Tree.maps(api.ask(Ask.of("GET", Types.path(runs)).query(query)).tree());
  }

  /** The identifier of the automation meant. */
  private Optional<String> automation(Api api, String word) {
    try {
      var found = new Target(automations, word).ask(api, "GET", ask -> ask).object();
      var id = Tree.text(found, "id");
      id.ifPresent(known -> names.put(known, Tree.text(found, "name").orElse(known)));
      return id;
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private void table(Api api, List<Map<String, Object>> found) {
    var table =
        new Table(List.of("RUN", "AUTOMATION", "STATUS", "CAUSE", "AGE", "TOOK", "OUTCOME"), 60);
    for (var run : found) {
      table.row(
          List.of(
              Tree.text(run, "id").orElse(""),
              name(api, Tree.text(run, "automation").orElse("")),
              Tree.text(run, "status").orElse(""),
              Cells.of(run.get("cause")),
              Cells.age(run.get("queuedAt"), session.clock().instant()),
              took(run),
              outcome(run)));
    }
    table.print(session.terminal());
  }

  private String name(Api api, String id) {
    if (!names.containsKey(id)) {
      automation(api, id);
      names.putIfAbsent(id, id);
    }
    return names.getOrDefault(id, id);
  }

  private static String took(Map<String, Object> run) {
    var started = Tree.text(run, "startedAt").map(Instant::parse);
    var ended = Tree.text(run, "endedAt").map(Instant::parse);
    return started.isPresent() && ended.isPresent()
        ? Duration.between(started.get(), ended.get()).toMillis() + " ms"
        : "";
  }

  private static String outcome(Map<String, Object> run) {
    var error = Tree.map(run.get("error"));
    return Tree.text(error, "message")
        .or(() -> Tree.text(run, "limit").map(limit -> "limit " + limit))
        .orElseGet(() -> Cells.of(run.get("result")));
  }

  private int logs() throws Exception {
    var word = given.word(0).orElseThrow();
    try (var api = session.api()) {
      var automation = automation(api, word);
      if (automation.isEmpty()) {
        // Refused here with the platform's words when there is no such run either.
        api.ask(Ask.of("GET", Types.path(runs, word)));
      }
      if (given.flag(FOLLOW)) {
        follow(api, automation, word);
      } else {
        printKept(api, automation, word);
      }
    }
    return Exit.OK;
  }

  private void printKept(Api api, Optional<String> automation, String run) {
    if (automation.isEmpty()) {
      print(api.ask(Ask.of("GET", Types.path(runs, run))).object());
      return;
    }
    var found = new ArrayList<>(newest(api, Optional.of(ofAutomation(automation.get()))));
    Collections.reverse(found);
    found.forEach(this::print);
  }

  /** The stream is opened first and what is kept printed then, so that nothing falls between. */
  private void follow(Api api, Optional<String> automation, String run) throws Exception {
    var query = new Query().with("types", "run").with("recursive", true);
    new EventStream(session, query, Optional.empty())
        .follow(
            () -> printKept(api, automation, run),
            event -> {
              var object = Tree.map(event.get("object"));
              var wanted = automation.orElse(run);
              if (wanted.equals(object.get(automation.isPresent() ? "automation" : "id"))) {
                print(object);
                return automation.isPresent() || !isFinished(object);
              }
              return !session.terminal().out().checkError();
            });
  }

  private static boolean isFinished(Map<String, Object> run) {
    return !UNFINISHED.contains(Tree.text(run, "status").orElse(""));
  }

  private void print(Map<String, Object> run) {
    var id = Tree.text(run, "id").orElse("");
    var lines = Tree.maps(run.get("logs"));
    for (var line :
        lines.subList(Math.min(printed.getOrDefault(id, 0), lines.size()), lines.size())) {
      print(id, line);
    }
    var ended = isFinished(run) && !printed.containsKey(id + " ended");
    printed.put(id, lines.size());
    if (ended) {
      printed.put(id + " ended", 1);
      error(id, run);
    }
  }

  private void print(String run, Map<String, Object> line) {
    var terminal = session.terminal();
    var level = Tree.text(line, "level").orElse("info");
    var message = Display.lines(Tree.text(line, "message").orElse(""));
    terminal
        .out()
        .println(
            terminal.dim(Tree.text(line, "at").orElse("") + "  " + run)
                + "  "
                + Display.padded(level, 5)
                + "  "
                + (level.equals("error") ? terminal.red(message) : message));
  }

  private void error(String id, Map<String, Object> run) {
    var error = Tree.map(run.get("error"));
    if (!error.isEmpty()) {
      var place = error.get("line") == null ? "" : " (line " + error.get("line") + ")";
      session
          .terminal()
          .out()
          .println(
              session.terminal().dim(Tree.text(run, "endedAt").orElse("") + "  " + id)
                  + "  "
                  + session
                      .terminal()
                      .red(
                          run.get("status")
                              + ": "
                              + Display.lines("" + error.get("message"))
                              + place));
    }
  }
}
