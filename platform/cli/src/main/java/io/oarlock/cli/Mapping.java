package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.model.Instants;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock map}: who talked to whom, and who was refused. */
final class Mapping {
  private static final String SINCE = "--since";
  private static final int CELL_MAX = 60;

  private Mapping() {}

  static Command command() {
    return Command.leaf(
        "map",
        "Shows who talked to whom and who was refused, added up from flow reports.",
        Mapping::run,
        Mapping::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.text("TIME", "How far back, such as PT10M; default: PT1H.", SINCE),
        Option.namespace(),
        Option.text("FORMAT", "table, json, yaml or jsonpath=PATH.", "-o", Option.OUTPUT));
  }

  private static int run(Session session, Arguments given) throws IOException {
    var body = new LinkedHashMap<String, Object>();
    given
        .text(SINCE)
        .ifPresent(text -> body.put("startTime", Instants.text(before(session, text))));
    var type = session.type("dependencymap");
    try (var api = session.api()) {
      var answer = api.ask(Ask.of("POST", Types.path(type)).body(body)).object();
      if (given.text(Option.OUTPUT).filter(format -> !format.equals("table")).isPresent()) {
        new Output(session, given, "json").tree(answer);
      } else {
        tell(session, answer);
      }
    }
    return Exit.OK;
  }

  private static Instant before(Session session, String text) {
    try {
      return session.clock().instant().minus(Duration.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw Failure.usage(SINCE + " wants a duration, not " + text, "Such as PT10M or P1D.");
    }
  }

  private static void tell(Session session, Map<String, Object> answer) {
    var table =
        new Table(
            List.of("SOURCE", "DESTINATION", "PORT", "ACCEPTED", "REJECTED", "BYTES", "ENCRYPTED"),
            CELL_MAX);
    Tree.maps(answer.get("edges"))
        .forEach(edge ->
            table.row(
                List.of(
                    Cells.of(edge.get("source")),
                    Cells.of(edge.get("destination")),
                    edge.get("protocol") + "/" + edge.get("port"),
                    Cells.of(edge.get("accepted")),
                    Cells.of(edge.get("rejected")),
                    edge.get("bytesSent") + " out, " + edge.get("bytesReceived") + " in",
                    Boolean.TRUE.equals(edge.get("encrypted")) ? "yes" : "no")));
    table.print(session.terminal());
    if (!Boolean.TRUE.equals(answer.get("complete"))) {
      session
          .terminal()
          .note(
              "There is more than one map holds: the oldest is left out. Ask with a shorter --since.");
    }
  }
}
