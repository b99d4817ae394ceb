package io.oarlock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plays policies on real connections: two hosts with an enforcer each, a stranger, three tiers of
 * plain programs. Everything it tells it has seen, and it ends at the first thing that is not as it
 * should be. It takes away all it made, whatever ends it.
 */
public final class Enforcement implements Show {
  /** The word it is asked for by. */
  public static final String STORY = "enforcement";

  private static final String CHILD = "production";

  /** Types whose events are told in between. */
  private static final Set<String> TOLD =
      Set.of("enforcer", "processingunit", "networkaccesspolicy", "alarm");

  private final Site site;
  private final Narrator narrator;
  private final Stage stage;
  private volatile Optional<Ground> ground = Optional.empty();
  private volatile boolean ended;

  /**
   * Makes nothing yet.
   *
   * @param launcher the {@code oarlock} script that starts enforcers
   */
  public Enforcement(Site site, PrintStream out, boolean colours, String launcher) {
    this.site = site;
    this.narrator = new Narrator(out, colours);
    this.stage = new Stage(launcher);
  }

  /** What this machine or the platform lacks for it, each with its remedy. */
  public List<String> missing() throws IOException, InterruptedException {
    return Requirements.missing(site.url());
  }

  /** Plays it; the last outcome is that of clearing up. */
  @Override
  public List<Outcome> play() throws IOException, InterruptedException {
    var admin = Client.open(site);
    var suffix = Ground.suffix();
    var made = new Ground(admin, "acme-" + suffix, List.of(CHILD));
    ground = Optional.of(made);
    open(made.path() + "/" + CHILD);
    made.make();
    var rules = Stage.rulesOfMachine();
    var outcomes = new ArrayList<Outcome>();
    try (var watcher = new Watcher(admin, made.path(), this::tell)) {
      watcher.open();
      var scene = new Scene(site, admin, narrator, watcher, made.path(), suffix);
      var tiers = new ThreeTiers(scene, stage, scene.in(CHILD));
      var acts = tiers.acts();
      for (var act : acts) {
        outcomes.add(play(act, (outcomes.size() + 1) + "/" + acts.size()));
        if (!outcomes.getLast().good()) {
          narrator.say("What comes after this relies on it and is not played.");
          break;
        }
      }
      outcomes.add(end(scene, tiers, made, rules));
    }
    return outcomes;
  }

  private void open(String namespace) {
    narrator.title("Oarlock at " + site.url() + ", as " + site.administrator());
    narrator.say(
        "Two hosts, a stranger and the wire between them are network namespaces of this machine,"
            + " whose own network is not touched. The policies are those of the namespace "
            + namespace
            + ". Lines with ┆ come from its event stream.");
  }

  private Outcome play(ThreeTiers.Act act, String number) throws InterruptedException {
    narrator.title(number + "  " + act.title());
    try {
      act.play().run();
    } catch (SurpriseException e) {
      narrator.check(false, "it could not go on", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      narrator.check(false, "it could not go on", e.toString());
    }
    return narrator.takeOutcome(act.word());
  }

  private void tell(Watcher.Seen seen) {
    var isNews = !seen.operation().equals("Update") || seen.type().equals("networkaccesspolicy");
    if (TOLD.contains(seen.type()) && isNews) {
      narrator.event(
          "%d  %s %s \"%s\""
              .formatted(seen.sequence(), seen.operation(), seen.type(), seen.name()));
    }
  }

  private Outcome end(Scene scene, ThreeTiers tiers, Ground made, String rules)
      throws IOException, InterruptedException {
    narrator.title("Clearing up");
    try {
      tiers.end();
    } catch (SurpriseException e) {
      narrator.check(false, "it did not end in good order", String.valueOf(e.getMessage()));
    }
    stage.close();
    var left = stage.left();
    narrator.check(
        left.isEmpty(),
        "hosts, programs and files are gone",
        left.isEmpty() ? "" : left.toString());
    var now = Stage.rulesOfMachine();
    narrator.check(
        now.equals(rules),
        "nft list ruleset says what it said before",
        now.lines().count() + " lines");
    scene.watcher.cut();
    var answer = made.remove().orElseThrow();
    narrator.check(
        answer.status() == 204,
        "the namespace " + made.path() + " is deleted with all that was in it",
        answer.summary());
    ended = true;
    return narrator.takeOutcome("clearing up");
  }

  @Override
  public void clear() throws IOException, InterruptedException {
    var made = ground;
    if (made.isEmpty() || ended) {
      return;
    }
    var last = narrator.last();
    last.title("Cut short");
    try {
      stage.close();
      var left = stage.left();
      last.say(
          left.isEmpty() ? "Hosts, programs and files are gone." : "They are still there: " + left);
    } finally {
      made.get().removeAndTell(last);
    }
  }
}
