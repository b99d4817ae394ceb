package io.oarlock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plays stories against a running platform, in a namespace of its own that it removes again. */
public final class Demo {
  private static final List<Step> STEPS =
      List.of(
          new Tenancy(),
          new PreHook(),
          new OnEvent(),
          new OnSchedule(),
          new OnCall(),
          new OnHook(),
          new Resume());

  private static final int SUFFIX_BYTES = 2;

  /** Types whose events would say twice what the narration says. */
  private static final Set<String> QUIET = Set.of("activity", "session", "calltoken");

  private final Site site;
  private final Narrator narrator;
  private final boolean keep;

  public Demo(Site site, PrintStream out, boolean colours, boolean keep) {
    this.site = site;
    this.narrator = new Narrator(out, colours);
    this.keep = keep;
  }

  /** The words stories are asked for by. */
  public static List<String> stories() {
    return STEPS.stream().map(Step::story).toList();
  }

  /** Plays these stories; the last outcome is that of cleaning up. */
  public List<Outcome> play(List<String> stories) throws IOException, InterruptedException {
    var outcomes = new ArrayList<Outcome>();
    var admin = Client.open(site);
    var random = new byte[SUFFIX_BYTES];
    new SecureRandom().nextBytes(random);
    var suffix = HexFormat.of().formatHex(random);
    var root = "/acme-" + suffix;
    var rootId = open(admin, root, suffix);
    try (var watcher = new Watcher(admin, root, this::tell)) {
      watcher.open();
      var scene = new Scene(site, admin, narrator, watcher, root, suffix);
      for (var step : STEPS) {
        if (stories.contains(step.story())) {
          outcomes.add(play(step, scene, outcomes.size() + 1, stories.size()));
        }
      }
      outcomes.add(end(scene, rootId));
    }
    return outcomes;
  }

  private String open(Client admin, String root, String suffix)
      throws IOException, InterruptedException {
    narrator.title("Oarlock at " + site.url() + ", as " + site.administrator());
    narrator.say(
        "All of this happens in the namespace "
            + root
            + " with the children a and b. Lines with ┆ "
            + "come from its event stream.");
    var id = created(admin.post("/", "namespaces", Map.of("name", "acme-" + suffix)));
    created(admin.post(root, "namespaces", Map.of("name", "a")));
    created(admin.post(root, "namespaces", Map.of("name", "b")));
    return id;
  }

  private static String created(Answer answer) {
    if (answer.status() != 201) {
      throw new SurpriseException("creating a namespace: " + answer.summary());
    }
    return answer.text("id");
  }

  private Outcome play(Step step, Scene scene, int number, int of)
      throws IOException, InterruptedException {
    narrator.title(number + "/" + of + "  " + step.title());
    try {
      step.play(scene);
    } catch (SurpriseException e) {
      narrator.check(false, "it could not go on", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      narrator.check(false, "it could not go on", e.toString());
    }
    return narrator.takeOutcome(step.story());
  }

  private void tell(Watcher.Seen seen) {
    if (!QUIET.contains(seen.type())) {
      var what =
          seen.name().isEmpty() ? Trees.text(seen.object(), "status") : "\"" + seen.name() + "\"";
      narrator.event(
          seen.sequence()
              + "  "
              + seen.operation()
              + " "
              + seen.type()
              + " "
              + what
              + "  in "
              + seen.namespace());
    }
  }

  private Outcome end(Scene scene, String rootId) throws IOException, InterruptedException {
    narrator.title("Clearing up");
    scene.closeReceivers();
    if (keep) {
      keep(scene);
    } else {
      remove(scene, rootId);
    }
    return narrator.takeOutcome("clearing up");
  }

  /** A hook whose server has gone would refuse every write. */
  private void keep(Scene scene) throws IOException, InterruptedException {
    var hooks = scene.admin.get(scene.root, "hookpolicies?recursive=true");
    for (var hook : hooks.status() == 200 ? hooks.list() : List.<Map<String, Object>>of()) {
      if ("URL".equals(hook.get("endpointType"))) {
        var path = "hookpolicies/" + hook.get("id");
        var answer =
            scene.admin.patch(Trees.text(hook, "namespace"), path, Map.of("disabled", true));
        narrator.check(
            answer.status() == 200,
            "the hook " + hook.get("name") + " is disabled, since its server stops with the demo",
            answer.summary());
      }
    }
    narrator.check(true, "the rest stays", "./oarlock api list namespaces -n " + scene.root);
  }

  private void remove(Scene scene, String rootId) throws IOException, InterruptedException {
    scene.watcher.cut();
    var answer = scene.admin.delete("/", "namespaces/" + rootId);
    var left = scene.admin.get("/", "namespaces/" + rootId);
    narrator.check(
        answer.status() == 204 && left.status() == 404,
        "the namespace " + scene.root + " is deleted with all that was in it",
        answer.summary());
  }
}
