package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Log every time a policy has changed. */
final class OnEvent implements Step {
  private static final String TYPE = "networkaccesspolicies";
  private static final String SOURCE =
      """
      export default async function (ctx) {
        const { operation, object } = ctx.event;
        ctx.log.info(`${operation} ${object.name} (${object.action}) for ${ctx.params.channel}`);
        return { seen: object.name };
      }
      """;

  @Override
  public String story() {
    return "event";
  }

  @Override
  public String title() {
    return "An automation on an event: log every time a policy has changed";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var namespace = scene.in("a");
    scene.narrator.say("Its source is JavaScript that runs in a worker process of this tenant:");
    SOURCE.lines().forEach(scene.narrator::show);
    var automation =
        scene.create(
            namespace,
            "automations",
            Trees.of(
                "name",
                "log-policy-changes",
                "trigger",
                Trees.of(
                    "kind", "OnEvent",
                    "types", List.of("networkaccesspolicy"),
                    "operations", List.of("Create", "Update", "Delete")),
                "source",
                SOURCE,
                "parameters",
                Trees.of("channel", "#net")));
    change(scene, namespace);
    var runs = new Runs(scene, namespace, Trees.text(automation, "id")).await(3);
    for (var run : runs) {
      scene.narrator.show("run " + Trees.text(run, "id") + "  " + Runs.told(run));
      Runs.logs(run).forEach(line -> scene.narrator.show("    " + line));
    }
    check(scene, runs);
  }

  private static void change(Scene scene, String namespace)
      throws IOException, InterruptedException {
    scene.create(namespace, TYPE, Scene.policy("orders-to-db", "owner=orders"));
    var change = Map.<String, Object>of("action", "Reject");
    var path = TYPE + "/name:orders-to-db";
    scene.narrator.act("PATCH /v1/" + path + "  " + Json.text(change));
    var patched = scene.admin.patch(namespace, path, change);
    scene.narrator.act("DELETE /v1/" + path);
    var deleted = scene.admin.delete(namespace, path);
    scene.narrator.check(
        patched.status() == 200 && deleted.status() == 204,
        "a policy is created, changed and deleted",
        "201, " + patched.summary() + ", " + deleted.summary());
  }

  private static void check(Scene scene, List<Map<String, Object>> runs) {
    scene.narrator.check(
        runs.size() == 3
            && runs.stream().allMatch(run -> Trees.text(run, "status").equals("Succeeded")),
        "each change has set off one run, and each run has succeeded",
        runs.stream().map(Runs::told).toList().toString());
    var lines = runs.stream().flatMap(run -> Runs.logs(run).stream()).sorted().toList();
    scene.narrator.check(
        lines.equals(
            List.of(
                "info Create orders-to-db (Allow) for #net",
                "info Delete orders-to-db (Reject) for #net",
                "info Update orders-to-db (Reject) for #net")),
        "their log has one line for each change, with what changed",
        lines.size() + " lines");
    scene.narrator.check(
        runs.stream().map(run -> Trees.object(run.get("cause"))).allMatch(OnEvent::isEvent),
        "every run names the event that caused it",
        runs.stream()
            .map(run -> Trees.text(Trees.object(run.get("cause")), "id"))
            .toList()
            .toString());
  }

  private static boolean isEvent(Map<String, Object> cause) {
    return Trees.text(cause, "kind").equals("Event") && !Trees.text(cause, "id").isEmpty();
  }
}
