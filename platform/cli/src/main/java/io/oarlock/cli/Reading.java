package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.cli.Api.Reply;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;

/** Commands about many resources: list, count, search. */
final class Reading {
  private static final String PROPAGATED = "--propagated";
  private static final int PAGE_MAX = 500;
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private Reading() {}

  static Command list(String name) {
    return Command.leaf(name, "Lists resources of a type.", Reading::list, Reading::listArguments);
  }

  static Command count() {
    return Command.leaf(
        "count", "Counts resources of a type.", Reading::count, Reading::countArguments);
  }

  static Command search() {
    return Command.leaf(
        "search",
        "Finds resources whose name, description or tags contain a text.",
        Reading::search,
        Reading::searchArguments);
  }

  static List<ArgSpec> listArguments() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(ApiCommands.type());
    arguments.addAll(scope());
    arguments.addAll(shape());
    return arguments;
  }

  static List<ArgSpec> scope() {
    return List.of(
        Option.namespace(),
        Option.recursive(),
        Option.flag("Also what the namespaces above hand down.", PROPAGATED),
        Option.filter());
  }

  static List<ArgSpec> shape() {
    return List.of(
        ApiCommands.fields(),
        Option.text("ATTRS", "Order; - in front for descending.", "--sort"),
        Option.number("N", "At most so many; default 100.", "--limit"),
        Option.flag("All of them, page by page.", "--all"),
        Option.output(),
        Option.columns());
  }

  private static List<ArgSpec> countArguments() {
    var arguments = new ArrayList<ArgSpec>(List.of(ApiCommands.type()));
    arguments.addAll(scope());
    return arguments;
  }

  private static List<ArgSpec> searchArguments() {
    var arguments = new ArrayList<ArgSpec>();
    arguments.add(ApiCommands.type());
    arguments.add(Option.word(1, "TEXT", "What to look for, whatever its case."));
    arguments.addAll(scope());
    arguments.addAll(shape());
    return arguments;
  }

  static int list(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    return list(session, given, type, given.text(Option.FILTER));
  }

  static int list(Session session, Arguments given, ResourceType type, Optional<String> filter)
      throws IOException {
    var output = new Output(session, given, "table");
    var query = query(given, filter).with("fields", fields(given, output));
    query.with("order", given.text("--sort"));
    try (var api = session.api()) {
      if (given.flag("--all")) {
        output.many(type, all(api, type, query.with("limit", "" + PAGE_MAX)));
        return Exit.OK;
      }
      query.with("limit", given.number("--limit").map(Object::toString));
      var reply = api.ask(Ask.of("GET", Types.path(type)).query(query));
      var resources = Tree.maps(reply.tree());
      output.many(type, resources);
      tellOfMore(session, output, reply, resources.size());
    }
    return Exit.OK;
  }

  /** A table with {@code -c} needs no more than its columns. */
  private static Optional<String> fields(Arguments given, Output output) {
    return given
        .text("--fields")
        .or(() -> output.format().equals("name") ? Optional.of("id,name") : Optional.empty());
  }

  private static void tellOfMore(Session session, Output output, Reply reply, int shown) {
    if (output.isForPeople()
        && reply.header("link").filter(l -> NEXT.matcher(l).find()).isPresent()) {
      var of = reply.header("x-count-estimated").isPresent() ? " of about " : " of ";
      var total = reply.header("x-count-total").map(n -> of + n).orElse("");
      session.terminal().note("Shown: " + shown + total + ". More with --limit N or --all.");
    }
  }

  /** Every page, following the links of the answers. */
  static List<Map<String, Object>> all(Api api, ResourceType type, Query query) {
    var found = new ArrayList<Map<String, Object>>();
    var ask = Ask.of("GET", Types.path(type)).query(query);
    while (true) {
      var reply = api.ask(ask);
      found.addAll(Tree.maps(reply.tree()));
      var next = next(reply);
      if (next.isEmpty()) {
        return found;
      }
      ask = Ask.of("GET", next.get());
    }
  }

  /** Path and query of the next page. */
  private static Optional<String> next(Reply reply) {
    var link = NEXT.matcher(reply.header("link").orElse(""));
    if (!link.find()) {
      return Optional.empty();
    }
    var url = link.group(1);
    var path = url.indexOf("/v1/");
    return path < 0 ? Optional.empty() : Optional.of(url.substring(path));
  }

  private static Query query(Arguments given, Optional<String> filter) {
    return new Query()
        .with("recursive", given.flag(Option.RECURSIVE))
        .with("propagated", given.flag(PROPAGATED))
        .with("q", filter);
  }

  private static int count(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    try (var api = session.api()) {
      var ask = Ask.of("HEAD", Types.path(type)).query(query(given, given.text(Option.FILTER)));
      var total = api.ask(ask).header("x-count-total");
      session.terminal().out().println(total.orElseThrow(Reading::noCount));
    }
    return Exit.OK;
  }

  private static Failure noCount() {
    return Failure.of(Exit.FAILURE, "The server answered without X-Count-Total");
  }

  private static int search(Session session, Arguments given) throws IOException {
    var type = session.type(given.word(0).orElseThrow());
    var wanted =
        "\"" + given.word(1).orElseThrow().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    var terms = new ArrayList<String>();
    for (var attribute : List.of("name", "description", "associatedTags")) {
      if (type.attribute(attribute).isPresent()) {
        terms.add(attribute + " contains " + wanted);
      }
    }
    var search = "(" + String.join(" or ", terms) + ")";
    var filter = given.text(Option.FILTER).map(f -> "(" + f + ") and " + search).orElse(search);
    return list(session, given, type, Optional.of(filter));
  }
}
