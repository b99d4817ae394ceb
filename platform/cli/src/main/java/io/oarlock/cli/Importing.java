package io.oarlock.cli;

import io.oarlock.cli.Api.Ask;
import io.oarlock.cli.ApplyPlan.Outcome;
import io.oarlock.cli.ApplyPlan.Step;
import io.oarlock.cli.Documents.Document;
import io.oarlock.model.ResourceType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;

/**
 * {@code oarlock import LABEL}: making all that a namespace has under a label look like files. What
 * is not there is made, what differs is changed, what the files do not say any more is removed, in
 * one batch.
 */
final class Importing {
  private static final String REMOVE = "--remove";
  private static final String DIFF = "--diff";
  private static final String PAGE = "500";

  /** Writes that the platform takes in one batch. */
  private static final int WRITES_MAX = 500;

  private final Session session;
  private final Arguments given;
  private final Api api;
  private final String label;

  private Importing(Session session, Arguments given, Api api) {
    this.session = session;
    this.given = given;
    this.api = api;
    this.label = given.word(0).orElseThrow();
  }

  /** A resource that has the label and no document. */
  private record Left(ResourceType type, Map<String, Object> resource) {}

  static Command command() {
    return Command.leaf(
        "import",
        "Makes all that has a label look like files: creates, updates and removes, or does nothing.",
        Importing::run,
        Importing::arguments);
  }

  private static List<ArgSpec> arguments() {
    return List.of(
        Option.word(0, "LABEL", "What it is called as a whole."),
        Option.file(),
        Option.flag("Removes all that has the label.", REMOVE),
        Option.namespace(),
        Option.dryRun(),
        Option.flag("Shows what changes.", DIFF));
  }

  private static int run(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      new Importing(session, given, api).run();
    }
    return Exit.OK;
  }

  private void run() throws IOException {
    var tag = Labels.tag(label);
    var steps = Applying.plan(session, api, documents(), false).steps();
    steps.forEach(this::requireOurs);
    var left = left(steps);
    var writes = writes(steps, left);
    if (writes.size() > WRITES_MAX) {
      throw Failure.usage(
          "That changes " + writes.size() + " resources, and " + WRITES_MAX + " can be at once",
          "Divide the files among several labels.");
    }
    var isDry = given.flag(Option.DRY_RUN);
    if (!writes.isEmpty()) {
      api.ask(Ask.of("POST", "/v1/batch").query(new Query().with("dryRun", isDry)).body(writes));
    }
    show(steps, left, isDry ? " (dry run)" : "");
    if (writes.isEmpty()) {
      session.terminal().note("Nothing differs under " + tag + ".");
    }
  }

  private List<Document> documents() throws IOException {
    var files = given.all(Option.FILE);
    if (given.flag(REMOVE) != files.isEmpty()) {
      throw Failure.usage("Say what to import with -f FILE, or --remove to remove all of it");
    }
    return Documents.read(files, session.terminal().in()).stream().map(this::labelled).toList();
  }

  private Document labelled(Document document) {
    var tree = new LinkedHashMap<>(document.tree());
    if (tree.containsKey("namespace") || "namespace".equals(tree.get("kind"))) {
      throw Failure.usage(
          document.source() + " says where it belongs",
          "What is imported goes into one namespace: that of -n. Leave namespaces out.");
    }
    tree.put(Labels.TAGS, Labels.with(tree, label));
    return new Document(document.source(), tree);
  }

  /** Taking over somebody else's would make its removal remove that. */
  private void requireOurs(Step step) {
    if (!step.before().isEmpty() && !Labels.has(step.before(), label)) {
      throw Failure.of(
          Exit.CONFLICT,
          step.said() + " is there already, and not under " + label,
          "Rename it in the file, or give that one the tag " + Labels.tag(label) + ".",
          "Nothing was changed.");
    }
  }

  private List<Left> left(List<Step> steps) {
    var said =
        steps.stream()
            .map(step -> Types.reference(step.type(), Map.of("name", step.name())))
            .collect(Collectors.toSet());
    var query = new Query().with("limit", PAGE).with("q", Labels.filter(label));
    var left = new ArrayList<Left>();
    for (var type : Exporting.importable(session)) {
      for (var resource : Reading.all(api, type, query)) {
        if (!said.contains(Types.reference(type, resource))) {
          left.add(new Left(type, resource));
        }
      }
    }
    return left.reversed();
  }

  private static List<Object> writes(List<Step> steps, List<Left> left) {
    var writes = new ArrayList<Object>();
    steps.stream()
        .filter(Step::changes)
        .map(step ->
            step.outcome() == Outcome.CREATED
                ? write("Create", step.type(), Map.of(), step.body())
                : write("Update", step.type(), step.before(), step.body()))
        .forEach(writes::add);
    left.forEach(each -> writes.add(write("Delete", each.type(), each.resource(), Map.of())));
    return writes;
  }

  private static Map<String, Object> write(
      String operation, ResourceType type, Map<String, Object> stored, Map<String, Object> body) {
    var write = new LinkedHashMap<String, Object>();
    write.put("operation", operation);
    write.put("type", type.name());
    for (var name : List.of("id", "version")) {
      Optional.ofNullable(stored.get(name)).ifPresent(value -> write.put(name, value));
    }
    if (!body.isEmpty()) {
      write.put("body", body);
    }
    return write;
  }

  private void show(List<Step> steps, List<Left> left, String suffix) {
    var terminal = session.terminal();
    for (var step : steps) {
      terminal.out().println(Applying.said(session, step, step.outcome()) + suffix);
      if (given.flag(DIFF)) {
        Difference.print(terminal, step);
      }
    }
    for (var each : left) {
      var place = api.namespace().map(path -> " in " + path).orElse("");
      var said = Types.said(each.type(), each.resource()) + Display.line(place);
      terminal.out().println(said + " " + terminal.red("removed") + suffix);
    }
  }
}
