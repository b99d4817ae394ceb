package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A front end, a back end and a database on two hosts, and who of them may talk to whom. */
final class ThreeTiers {
  private static final String POLICIES = "networkaccesspolicies";
  private static final String FRONT_TO_BACK = "front-to-back";
  private static final String FRONT_PATH = POLICIES + "/name:" + FRONT_TO_BACK;
  private static final String BACKEND = "http://" + Stage.address(Stage.B) + ":8080/";
  private static final String SECOND = "http://" + Stage.address(Stage.B) + ":8081/";
  private static final String DATABASE = "http://" + Stage.address(Stage.A) + ":5432/";
  private static final int STREAM_PORT = 9000;

  /** What a cut is promised to take at most. */
  private static final Duration CUT_MAX = Duration.ofSeconds(1);

  private static final String ALARM_SOURCE =
      """
      export default async function (ctx) {
        const flow = ctx.event.object;
        const from = flow.sourceId ?? flow.sourceIp;
        const to = flow.destinationId ?? flow.destinationIp;
        await ctx.api.alarms.create({
          name: 'rejected-flow',
          kind: 'flow:rejected',
          content: `${from} was refused at ${to}, port ${flow.destinationPort}: ${flow.reason}`,
        });
      }
      """;

  private final Scene scene;
  private final Narrator narrator;
  private final Stage stage;
  private final String namespace;
  private final Troupe troupe;
  private final Probes probes;
  private @Nullable Cast cast;

  /** The units, once they are there, and the host of the back end. */
  private record Cast(Host b, UnitShell frontend, UnitShell backend, UnitShell database) {}

  /** A part of the story. */
  record Act(String word, String title, Play play) {
    /** What happens in it. */
    interface Play {
      void run() throws IOException, InterruptedException;
    }
  }

  ThreeTiers(Scene scene, Stage stage, String namespace) {
    this.scene = scene;
    this.narrator = scene.narrator;
    this.stage = stage;
    this.namespace = namespace;
    this.troupe = new Troupe(scene, stage, namespace);
    this.probes = new Probes(scene, stage);
  }

  List<Act> acts() {
    return List.of(
        new Act("hosts", "Two hosts enrol, and three programs become units", this::hosts),
        new Act("nothing", "At first nothing talks to anything", this::nothing),
        new Act("two paths", "Two policies open two paths, and no third", this::twoPaths),
        new Act("second", "A second back end is covered at once", this::second),
        new Act("encryption", "Encryption hides the bytes on the wire", this::encryption),
        new Act("why", "Why may the front end not reach the database?", this::why),
        new Act("cut", "A policy taken away cuts the live connection", this::cut));
  }

  private Cast cast() {
    if (cast == null) {
      throw new SurpriseException("there are no units");
    }
    return cast;
  }

  private void hosts() throws IOException, InterruptedException {
    var hosts = troupe.enrol();
    var a = hosts.getFirst();
    var b = hosts.getLast();
    var frontend = troupe.unit(a, "frontend", "frontend");
    var backend = troupe.unit(b, "backend", "backend");
    var database = troupe.unit(a, "database", "database");
    cast = new Cast(b, frontend, backend, database);
    troupe.serve(b, backend, 8080);
    narrator.say("A web server stands in for the database: policies are about connections.");
    troupe.serve(a, database, 5432);
    troupe.requireKnown("backend", "database", "frontend");
  }

  private void nothing() throws IOException, InterruptedException {
    alarmOnRejectedFlows();
    probes.refused(cast().frontend(), "the back end", BACKEND);
    probes.refused(cast().backend(), "the database", DATABASE);
    probes.refused(cast().frontend(), "the database", DATABASE);
    probes.strangerIsRefused("the back end", BACKEND);
    probes.strangerIsRefused("the database", DATABASE);
    var alarm =
        scene.await(() ->
            scene.admin.get(namespace, "alarms").list().stream()
                .filter(each -> Trees.text(each, "kind").equals("flow:rejected"))
                .map(each -> Trees.text(each, "content"))
                .findFirst());
    narrator.check(
        alarm.isPresent(),
        "the automation has raised an alarm on the first rejected connection",
        alarm.orElse("there is none"));
  }

  private void alarmOnRejectedFlows() throws IOException, InterruptedException {
    scene.create(
        namespace,
        "automations",
        Trees.of(
            "name",
            "alarm-on-rejected-flows",
            "trigger",
            Trees.of(
                "kind",
                "OnEvent",
                "types",
                List.of("flowreport"),
                "operations",
                List.of("Create"),
                "filter",
                "action == Reject"),
            "entitlements",
            Trees.of("alarm", List.of("create")),
            "source",
            ALARM_SOURCE));
  }

  private void twoPaths() throws IOException, InterruptedException {
    allow(FRONT_TO_BACK, "frontend", "backend");
    allow("back-to-data", "backend", "database");
    probes.reaches(cast().frontend(), "the back end", BACKEND);
    probes.reaches(cast().backend(), "the database", DATABASE);
    probes.refused(cast().frontend(), "the database", DATABASE);
    probes.refused(cast().database(), "the back end", BACKEND);
    probes.strangerIsRefused("the back end", BACKEND);
    probes.strangerIsRefused("the database", DATABASE);
  }

  private void allow(String name, String from, String to) throws IOException, InterruptedException {
    scene.create(
        namespace,
        POLICIES,
        Trees.of(
            "name", name,
            "subject", List.of(List.of("app=myapp", "role=" + from, "env=production")),
            "object", List.of(List.of("app=myapp", "role=" + to, "env=production"))));
  }

  private void second() throws IOException, InterruptedException {
    var before = scene.admin.get(namespace, POLICIES).list();
    var other = troupe.unit(cast().b(), "backend-2", "backend");
    troupe.serve(cast().b(), other, 8081);
    probes.reaches(cast().frontend(), "the second back end", SECOND);
    probes.reaches(other, "the database", DATABASE);
    probes.refused(cast().frontend(), "the database", DATABASE);
    probes.strangerIsRefused("the second back end", SECOND);
    var after = scene.admin.get(namespace, POLICIES).list();
    narrator.check(
        after.equals(before) && after.size() == 2,
        "no policy was touched for it",
        after.stream()
            .map(each -> each.get("name") + " is at version " + each.get("version"))
            .toList()
            .toString());
  }

  private void encryption() throws IOException, InterruptedException {
    narrator.say("The back end serves the words \"" + Troupe.MARKER + "\".");
    var clear = probes.overheard(cast().frontend(), BACKEND);
    narrator.check(clear.hits() > 0, "without encryption the wire tells them", clear.toString());
    encrypt();
    var hidden = probes.overheard(cast().frontend(), BACKEND);
    narrator.check(
        hidden.hits() == 0 && hidden.frames() > 0,
        "with it the front end has read them again, and the wire does not tell them",
        hidden.toString());
  }

  /** Returns when both hosts hold the changed policy. */
  private void encrypt() throws IOException, InterruptedException {
    var before = troupe.epochs().getLast();
    var change = Map.<String, Object>of("encryptionEnabled", true);
    narrator.act("PATCH /v1/" + FRONT_PATH + "  " + Json.text(change));
    require(scene.admin.patch(namespace, FRONT_PATH, change), 200);
    var held =
        scene.await(
            () -> Optional.of(troupe.epochs()).filter(epochs -> epochs.getFirst() > before));
    narrator.check(
        held.isPresent(),
        "both enforcers say that they hold the changed policy",
        "epoch " + before + ", then " + held.map(List::getFirst).orElse(before));
  }

  private void why() throws IOException, InterruptedException {
    narrator.act("./oarlock why frontend database -n " + namespace);
    var why = new ProcessBuilder(stage.launcher(), "why", "frontend", "database", "-n", namespace);
    scene.admin.lend(why.environment(), scene.site);
    var said = Shell.finish(why.redirectErrorStream(true).start());
    said.words().strip().lines().forEach(narrator::show);
    narrator.check(
        said.good()
            && said.words().contains(": rejected")
            && said.words().contains("no policy matches"),
        "it names the verdict and the reason",
        "");
    narrator.check(
        said.words().contains("It would pass with:\n  - "),
        "and the smallest change that would allow it",
        "");
  }

  private void cut() throws IOException, InterruptedException {
    var frontend = cast().frontend();
    narrator.act("backend$ while :; do date +%T.%N; sleep 0.1; done | nc -l -k " + STREAM_PORT);
    Troupe.begin(
        cast().backend(), "while :; do date +%T.%N; sleep 0.1; done | nc -l -k " + STREAM_PORT);
    cast().b().awaitPort(STREAM_PORT);
    var stream = "nc -d " + Stage.address(Stage.B) + " " + STREAM_PORT;
    narrator.act("frontend$ " + stream);
    frontend.begin(stream);
    var first = frontend.next(Scene.PATIENCE).orElse("nothing");
    var then = frontend.next(Scene.PATIENCE).orElse("nothing");
    narrator.check(
        first.contains(":") && then.contains(":"),
        "the back end streams the time to the front end",
        first + ", " + then + ", …");
    narrator.act("DELETE /v1/" + FRONT_PATH);
    var began = System.nanoTime();
    require(scene.admin.delete(namespace, FRONT_PATH), 204);
    var isCut = frontend.endsWithin(Scene.PATIENCE);
    var took = Duration.ofNanos(System.nanoTime() - began);
    narrator.check(
        isCut,
        "the stream has ended %d ms after the policy was asked to go".formatted(took.toMillis()),
        took.compareTo(CUT_MAX) <= 0 ? "" : "a second is promised: is this machine busy?");
    probes.refused(frontend, "the back end", BACKEND);
    probes.reaches(cast().backend(), "the database", DATABASE);
  }

  private static void require(Answer answer, int status) {
    if (answer.status() != status) {
      throw new SurpriseException("the platform answered " + answer.summary());
    }
  }

  void end() throws InterruptedException {
    troupe.end();
  }
}
