package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.json.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock why}: what becomes of a connection, and how little would let it pass. */
final class Asking {
  private static final String PORT = "--port";
  private static final int PORT_MAX = 65_535;

  private Asking() {}

  static Command command() {
    return Command.leaf(
        "why",
        "Says whether policies let two units talk, which one decides, and what is missing.",
        Asking::run,
        Asking::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.word(0, "SOURCE", "Unit by name or id, or the tags of one: app=web,env=prod."),
        Option.word(1, "DESTINATION", "The same for what would be connected to."),
        Option.number("PORT", "TCP port; default: the port that policies name.", PORT),
        Option.namespace(),
        Option.text("FORMAT", "text, json, yaml or jsonpath=PATH.", "-o", Option.OUTPUT));
  }

  private static int run(Session session, Arguments given) throws IOException {
    var source = given.word(0).orElseThrow();
    var destination = given.word(1).orElseThrow();
    var body = new LinkedHashMap<String, Object>();
    body.put("source", party(source));
    body.put("destination", party(destination));
    given.number(PORT).ifPresent(port -> body.put("port", checked(port)));
    var type = session.type("connectioncheck");
    try (var api = session.api()) {
      var answer = api.ask(Ask.of("POST", Types.path(type)).body(body)).object();
      if (given.text(Option.OUTPUT).filter(format -> !format.equals("text")).isPresent()) {
        new Output(session, given, "json").tree(answer);
      } else {
        tell(session, source, destination, answer);
      }
    }
    return Exit.OK;
  }

  private static long checked(long port) {
    if (port < 1 || port > PORT_MAX) {
      throw Failure.usage("There is no port " + port, "Ports are 1 to " + PORT_MAX + ".");
    }
    return port;
  }

  /** A name cannot hold {@code =}; a tag always does. */
  private static Map<String, Object> party(String word) {
    return word.contains("=")
        ? Map.of("tags", Arrays.stream(word.split(",")).map(String::strip).toList())
        : Map.of("unit", word);
  }

  private static void tell(
      Session session, String source, String destination, Map<String, Object> answer) {
    var terminal = session.terminal();
    var allowed = "Accept".equals(answer.get("decision"));
    var port = answer.get("port") instanceof Number number ? ", port " + number : "";
    var verdict = allowed ? terminal.green("allowed") : terminal.red("rejected");
    var out = terminal.out();
    out.println(
        terminal.bold(Display.line(source) + " to " + Display.line(destination) + port + ": ")
            + verdict);
    out.println("  initiator  " + reason(answer.get("initiator")));
    out.println("  receiver   " + reason(answer.get("receiver")));
    var changes = Tree.maps(answer.get("changes"));
    if (!changes.isEmpty()) {
      mend(session, answer, changes);
    }
  }

  private static void mend(
      Session session, Map<String, Object> answer, List<Map<String, Object>> changes) {
    var out = session.terminal().out();
    out.println();
    out.println("It would pass with:");
    changes.forEach(change -> out.println("  - " + text(change, "text")));
    Tree.text(answer, "allowingPolicyName")
        .ifPresent(name -> out.println("  The policy " + Display.line(name) + " allows it then."));
    var at = session.askedNamespace().map(namespace -> " -n " + namespace).orElse("");
    changes.stream()
        .map(change -> Tree.map(change.get("policy")))
        .filter(policy -> !policy.isEmpty())
        .forEach(policy -> {
          out.println();
          out.println("oarlock api create networkaccesspolicy%s -f - <<'END'".formatted(at));
          out.println(Display.line(Json.text(policy)));
          out.println("END");
        });
  }

  private static String reason(@Nullable Object side) {
    return text(Tree.map(side), "reason");
  }

  private static String text(Map<String, Object> tree, String name) {
    return Display.line(Tree.text(tree, name).orElse("?"));
  }
}
