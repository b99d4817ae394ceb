package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code oarlock run …}: what can be done with one run. */
final class RunCommands {
  private RunCommands() {}

  static Command.Group group() {
    return new Command.Group(
        "run",
        "Repeats, replays or stops one run; see runs for which there are.",
        List.of("show", "redrive", "replay", "cancel"),
        RunCommands::command);
  }

  private static Command command(String word) {
    return switch (word) {
      case "show" -> leaf(word, "Shows a run.", RunCommands::show);
      case "redrive" ->
          leaf(word, "Runs the same version with the same input again.", RunCommands::redrive);
      case "replay" ->
          leaf(
              word,
              "Runs a failed run again with the answers it got: nothing is sent or changed.",
              RunCommands::replay);
      case "cancel" -> leaf(word, "Stops a run, waiting or going on.", RunCommands::cancel);
      default -> throw Command.unknown(word);
    };
  }

  private static Command leaf(String word, String what, Command.Work work) {
    return Command.leaf(
        word,
        what,
        work,
        () ->
            List.of(
                Option.word(0, "RUN", "Id of the run, as oarlock runs shows it."),
                Option.namespace(),
                Option.treeOutput()));
  }

  private static int show(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var run = get(api, session.type("run"), given.word(0).orElseThrow());
      new Output(session, given, "yaml").tree(run);
    }
    return Exit.OK;
  }

  private static int redrive(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var started = act(api, session.type("run"), given, "redrive");
      if (given.text(Option.OUTPUT).isPresent()) {
        new Output(session, given, "yaml").tree(started);
      } else {
        session.terminal().out().println("run " + started.get("run") + " is started");
      }
    }
    return Exit.OK;
  }

  private static int cancel(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var run = act(api, session.type("run"), given, "cancel");
      if (given.text(Option.OUTPUT).isPresent()) {
        new Output(session, given, "yaml").tree(run);
      } else {
        session.terminal().out().println("run " + run.get("id") + ": " + run.get("status"));
      }
    }
    return Exit.OK;
  }

  private static int replay(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var type = session.type("run");
      var recorded = get(api, type, given.word(0).orElseThrow());
      var replayed = act(api, type, given, "replay");
      var same = Objects.equals(ending(recorded), ending(replayed));
      if (given.text(Option.OUTPUT).isPresent()) {
        new Output(session, given, "yaml").tree(replayed);
      } else {
        var table = new Table(List.of("", "RUN", "STATUS", "LINE", "MESSAGE"), 80);
        table.row(row("recorded", recorded));
        table.row(row("replayed", replayed));
        table.print(session.terminal());
        session
            .terminal()
            .out()
            .println(same ? "It ended at the same line." : "It ended differently.");
      }
      return same ? Exit.OK : Exit.FAILURE;
    }
  }

  private static List<Object> ending(Map<String, Object> run) {
    var error = Tree.map(run.get("error"));
    return List.of(
        Tree.text(run, "status").orElse(""), String.valueOf(error.get("line")), message(error));
  }

  private static List<String> row(String what, Map<String, Object> run) {
    var error = Tree.map(run.get("error"));
    return List.of(
        what,
        Tree.text(run, "id").orElse(""),
        Tree.text(run, "status").orElse(""),
        error.get("line") == null ? "" : String.valueOf(error.get("line")),
        message(error));
  }

  private static String message(Map<String, Object> error) {
    return Tree.text(error, "message").orElse("");
  }

  private static Map<String, Object> get(Api api, ResourceType type, String id) {
    return api.ask(Ask.of("GET", Types.path(type, id))).object();
  }

  private static Map<String, Object> act(
      Api api, ResourceType type, Arguments given, String action) {
    var path = Types.path(type, given.word(0).orElseThrow()) + "/" + action;
    return api.ask(Ask.of("POST", path).body(Map.of())).object();
  }
}
