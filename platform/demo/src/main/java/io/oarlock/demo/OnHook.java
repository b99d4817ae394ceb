package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A hook that an automation answers, with no server anywhere. */
final class OnHook implements Step {
  private static final String TYPE = "externalnetworks";
  private static final List<String> THREE_RUNS = List.of("Succeeded", "Succeeded", "Succeeded");
  private static final String WORDS = "would open this namespace to the whole Internet";
  private static final String SOURCE =
      """
      export default async function (ctx) {
        const wide = ctx.event.object.entries.filter((entry) => entry.endsWith('/0'));
        if (wide.length > 0) {
          throw ctx.refuse(`${wide} would open this namespace to the whole Internet`, { attribute: 'entries' });
        }
      }
      """;

  @Override
  public String story() {
    return "hook-automation";
  }

  @Override
  public String title() {
    return "An automation that answers a hook, and refuses a write";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var namespace = scene.in("a");
    scene.narrator.say("The same kind of guard, but its answer is a script inside the platform:");
    SOURCE.lines().forEach(scene.narrator::show);
    var automation =
        scene.create(
            namespace,
            "automations",
            Trees.of(
                "name",
                "no-whole-internet",
                "trigger",
                Trees.of("kind", "OnHook"),
                "source",
                SOURCE,
                "associatedTags",
                List.of("role=guard")));
    rehearse(scene, namespace, Trees.text(automation, "id"));
    scene.create(
        namespace,
        "hookpolicies",
        Trees.of(
            "name",
            "guard-networks",
            "subject",
            List.of(List.of("$type=externalnetwork")),
            "triggerOperations",
            List.of("Create", "Update"),
            "mode",
            "Pre",
            "endpointType",
            "Automation",
            "selectors",
            List.of(List.of("role=guard")),
            "timeout",
            "PT10S"));
    checkRefusal(scene, namespace);
    checkPassage(scene, namespace);
    var runs = new Runs(scene, namespace, Trees.text(automation, "id")).await(3);
    scene.narrator.check(
        runs.stream().map(run -> Trees.text(run, "status")).toList().equals(THREE_RUNS),
        "the rehearsal and both answers are runs, with their record",
        runs.stream().map(Runs::told).toList().toString());
  }

  /** What the script would say, before anything depends on it. */
  private static void rehearse(Scene scene, String namespace, String id)
      throws IOException, InterruptedException {
    var path = "automations/" + id + "/test";
    var sample = Trees.of("event", Trees.of("object", network("sample", "::/0")), "dryRun", true);
    scene.narrator.act("POST /v1/" + path + "  " + Json.text(sample));
    var run = scene.admin.post(namespace, path, sample);
    var refused = Trees.object(Trees.object(run.object().get("result")).get("refused"));
    scene.narrator.check(
        run.status() == 200 && Trees.text(refused, "reason").contains(WORDS),
        "tried on a sample first, it would refuse that",
        run.status() == 200 ? Json.text(refused) : run.summary());
  }

  private static Map<String, Object> network(String name, String entry) {
    return Trees.of("name", name, "entries", List.of(entry));
  }

  private static void checkRefusal(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var network = network("everything", "0.0.0.0/0");
    scene.narrator.act("POST /v1/" + TYPE + " in " + namespace + "  " + Json.text(network));
    var answer = scene.admin.post(namespace, TYPE, network);
    var detail = Trees.text(answer.object(), "detail");
    scene.narrator.check(
        answer.status() == 403
            && answer.text("code").equals("hook-refused")
            && detail.contains(WORDS)
            && detail.contains("guard-networks"),
        "the script refuses 0.0.0.0/0, in its own words, by the hook's name",
        answer.summary());
    var errors = Trees.objects(answer.object().get("errors"));
    scene.narrator.check(
        errors.stream().anyMatch(error -> Trees.text(error, "pointer").equals("/entries")),
        "and points at the attribute",
        Json.text(errors));
    var stored = scene.admin.get(namespace, TYPE + "/name:everything");
    scene.narrator.check(stored.status() == 404, "nothing of it is stored", stored.summary());
  }

  private static void checkPassage(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var network = network("office", "192.0.2.0/24");
    scene.narrator.act("POST /v1/" + TYPE + " in " + namespace + "  " + Json.text(network));
    var answer = scene.admin.post(namespace, TYPE, network);
    scene.narrator.check(answer.status() == 201, "192.0.2.0/24 passes", answer.summary());
  }
}
