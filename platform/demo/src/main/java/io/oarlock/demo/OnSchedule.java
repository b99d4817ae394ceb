package io.oarlock.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schedule of two seconds, its ledger and its runs. */
final class OnSchedule implements Step {
  private static final int SLOTS = 3;
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final String SOURCE =
      """
      export default async function (ctx) {
        ctx.log.info(`tick ${await ctx.kv.increment('ticks')}`);
      }
      """;

  @Override
  public String story() {
    return "schedule";
  }

  @Override
  public String title() {
    return "An automation on a schedule: every two seconds, each slot accounted for";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var namespace = scene.in("a");
    var automation =
        scene.create(
            namespace,
            "automations",
            Trees.of(
                "name",
                "tick",
                "trigger",
                Trees.of("kind", "OnSchedule", "cron", "0/2 * * * * ?"),
                "source",
                SOURCE));
    var runs = new Runs(scene, namespace, Trees.text(automation, "id"));
    scene.narrator.say("Waiting for " + SLOTS + " slots to pass …");
    scene.await(() -> Optional.of(runs.firings()).filter(rows -> rows.size() >= SLOTS));
    scene.admin.patch(namespace, "automations/name:tick", Trees.of("disabled", true));
    var ledger = runs.firings();
    var ended = runs.await((int) ledger.stream().filter(row -> row.containsKey("run")).count());
    ledger.forEach(row -> scene.narrator.show(line(row)));
    checkLedger(scene, ledger);
    checkRuns(scene, ledger, ended);
  }

  private static String line(Map<String, Object> row) {
    return "slot "
        + Trees.text(row, "slot")
        + "  "
        + Trees.text(row, "outcome")
        + "  fired "
        + Trees.text(row, "firedAt")
        + "  run "
        + Trees.text(row, "run")
        + "  "
        + Trees.text(row, "reason");
  }

  private static void checkLedger(Scene scene, List<Map<String, Object>> ledger) {
    var slots = ledger.stream().map(row -> Instant.parse(Trees.text(row, "slot"))).toList();
    var isWhole = slots.size() >= SLOTS;
    for (var i = 1; i < slots.size(); i++) {
      isWhole &= Duration.between(slots.get(i - 1), slots.get(i)).equals(PERIOD);
    }
    scene.narrator.check(
        isWhole,
        "the ledger has one row for every slot, two seconds apart, none missing",
        slots.size() + " rows");
    scene.narrator.check(
        !ledger.isEmpty() && ledger.stream().allMatch(OnSchedule::isExplained),
        "each row says what became of its slot",
        ledger.stream().map(row -> Trees.text(row, "outcome")).toList().toString());
  }

  /** Fired, with its run; or not, with a reason. */
  private static boolean isExplained(Map<String, Object> row) {
    return switch (Trees.text(row, "outcome")) {
      case "Fired", "Late" -> !Trees.text(row, "run").isEmpty();
      default -> !Trees.text(row, "reason").isEmpty();
    };
  }

  private static void checkRuns(
      Scene scene, List<Map<String, Object>> ledger, List<Map<String, Object>> runs) {
    var ids = runs.stream().map(run -> Trees.text(run, "id")).toList();
    scene.narrator.check(
        !runs.isEmpty()
            && runs.stream().allMatch(run -> Trees.text(run, "status").equals("Succeeded"))
            && ledger.stream()
                .filter(row -> row.containsKey("run"))
                .allMatch(row -> ids.contains(Trees.text(row, "run"))),
        "the run of every fired slot is there and has succeeded",
        runs.stream().flatMap(run -> Runs.logs(run).stream()).toList().toString());
  }
}
