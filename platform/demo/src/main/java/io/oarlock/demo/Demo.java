package io.oarlock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Types whose events would say twice what the narration says. */
  private static final Set<String> QUIET = Set.of("activity", "session", "calltoken");

  private final Site site;
  private final Narrator narrator;
  private final boolean keep;
  private volatile Optional<Ground> ground = Optional.empty();
  private volatile boolean ended;

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
    var suffix = Ground.suffix();
    var made = new Ground(admin, "acme-" + suffix, List.of("a", "b"));
    ground = Optional.of(made);
    var root = made.path();
    open(root);
    made.make();
    try (var watcher = new Watcher(admin, root, this::tell)) {
      watcher.open();
      var scene = new Scene(site, admin, narrator, watcher, root, suffix);
      for (var step : STEPS) {
        if (stories.contains(step.story())) {
          outcomes.add(play(step, scene, outcomes.size() + 1, stories.size()));
        }
      }
      outcomes.add(end(scene, made));
    }
    return outcomes;
  }

  private void open(String root) {
    narrator.title("Oarlock at " + site.url() + ", as " + site.administrator());
    narrator.say(
        "All of this happens in the namespace "
            + root
            + " with the children a and b. Lines with ┆ "
            + "come from its event stream.");
  }

  /**
   * Removes what a demo made that was cut short, and says so; does nothing after one that played to
   * its end.
   */
  public void clear() throws IOException, InterruptedException {
    var made = ground;
    if (made.isEmpty() || ended) {
      return;
    }
    var last = narrator.last();
    last.title("Cut short");
    if (keep) {
      last.say("The namespace " + made.get().path() + " stays, as you asked.");
      return;
    }
    made.get().removeAndTell(last);
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

  private Outcome end(Scene scene, Ground made) throws IOException, InterruptedException {
    narrator.title("Clearing up");
    scene.closeReceivers();
    if (keep) {
      keep(scene);
    } else {
      remove(scene, made);
    }
    ended = true;
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

  private void remove(Scene scene, Ground made) throws IOException, InterruptedException {
    scene.watcher.cut();
    var answer = made.remove().orElseThrow();
    var left = scene.admin.get(made.path(), "namespaces");
    narrator.check(
        answer.status() == 204 && left.status() == 404,
        "the namespace " + scene.root + " is deleted with all that was in it",
        answer.summary());
  }
}
