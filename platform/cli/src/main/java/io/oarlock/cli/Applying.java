package io.oarlock.cli;

import io.oarlock.cli.ApplyPlan.Step;
import io.oarlock.cli.Documents.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** {@code oarlock apply} and {@code oarlock diff}: making the platform look like files. */
final class Applying {
  private static final String DIFF = "--diff";

  private Applying() {}

  static Command applyCommand() {
    return Command.leaf(
        "apply",
        "Creates or updates what the files say; the same files again change nothing.",
        Applying::apply,
        () ->
            List.of(
                Option.file(),
                Option.namespace(),
                Option.dryRun(),
                Option.flag("Shows what changes.", DIFF),
                ApiCommands.override()));
  }

  static Command diffCommand() {
    return Command.leaf(
        "diff",
        "Shows what apply would change; exit code 0 nothing, 1 something, higher an error.",
        Applying::diff,
        Applying::diffArguments);
  }

  private static List<ArgSpec> diffArguments() {
    return List.of(Option.file(), Option.namespace());
  }

  private static int apply(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var plan = plan(session, given, api);
      for (var step : plan.steps()) {
        var outcome = given.flag(Option.DRY_RUN) ? step.outcome() : plan.carryOut(step);
        var suffix = given.flag(Option.DRY_RUN) ? " (dry run)" : "";
        session.terminal().out().println(said(session, step, outcome) + suffix);
        if (given.flag(DIFF)) {
          Difference.print(session.terminal(), step);
        }
      }
    }
    return Exit.OK;
  }

  private static int diff(Session session, Arguments given) throws IOException {
    try (var api = session.api()) {
      var changed = plan(session, given, api).steps().stream().filter(Step::changes).toList();
      for (var step : changed) {
        session.terminal().out().println(said(session, step, step.outcome()));
        Difference.print(session.terminal(), step);
      }
      return changed.isEmpty() ? Exit.OK : Exit.FAILURE;
    } catch (Failure failure) {
      throw failure.exit() == Exit.FAILURE ? failure.withExit(Exit.USAGE) : failure;
    }
  }

  private static ApplyPlan plan(Session session, Arguments given, Api api) throws IOException {
    var files = given.all(Option.FILE);
    if (files.isEmpty()) {
      throw Failure.usage("Nothing to apply", "Add -f FILE, a directory, or - for standard input.");
    }
    var documents = Documents.read(files, session.terminal().in());
    return plan(session, api, documents, given.flag("--override"));
  }

  /** What becomes of documents, or all that stands in their way. */
  static ApplyPlan plan(Session session, Api api, List<Document> documents, boolean override) {
    var plan = new ApplyPlan(session, api, override);
    var refusals = new ArrayList<String>();
    var worst = Exit.OK;
    for (var document : documents) {
      try {
        plan.add(document);
      } catch (Failure failure) {
        refusals.add(document.source() + ": " + failure.title());
        failure.lines().forEach(line -> refusals.add("  " + line));
        worst = Math.max(worst, failure.exit());
      }
    }
    if (!refusals.isEmpty()) {
      throw Failure.of(worst, "Nothing was written", refusals.toArray(String[]::new));
    }
    return plan;
  }

  static String said(Session session, Step step, ApplyPlan.Outcome outcome) {
    var terminal = session.terminal();
    var word =
        switch (outcome) {
          case CREATED -> terminal.green("created");
          case UPDATED -> terminal.yellow("updated");
          case UNCHANGED -> terminal.dim("unchanged");
        };
    return step.said() + " " + word;
  }
}
