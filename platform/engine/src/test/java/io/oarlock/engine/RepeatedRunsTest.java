package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.automations.HostCallException;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.Usage;
import io.oarlock.model.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are run again: for real, or with the answers they got. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedRunsTest {
  private static final String COUNT = "export default (ctx) => { throw 'counted'; }";

  private final Counting runner = new Counting();
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private String acme = "";
  private int count;

  /** Stands where the worker does: counts something, then fails with what it was told. */
  private static final class Counting extends TestPlatform.Scripts {
    final List<String> sources = Collections.synchronizedList(new ArrayList<>());
    volatile Map<String, Object> counts = Map.of("key", "seen", "by", 1L);
    volatile boolean fails = true;

    @Override
    public RunResult run(RunRequest request, HostCalls host) {
      sources.add(request.script().source());
      host.begun();
      String told;
      try {
        told = "counted " + host.call("kv.increment", counts);
        host.call("api.get", Map.of("type", "namespace", "id", "nowhere"));
      } catch (HostCallException e) {
        told = "%s: %s".formatted(e.code(), told(e));
      }
      return fails
          ? new RunResult.Failed(new ScriptError(told, 3, 7, ""), Usage.none())
          : new RunResult.Succeeded(told, Usage.none());
    }

    private static String told(HostCallException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory, runner);
    admin = platform.admin();
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  @BeforeEach
  void prepare() {
    acme = "/acme" + ++count;
    admin.create("namespace", "/", Map.of("name", acme.substring(1)));
    runner.counts = Map.of("key", "seen", "by", 1L);
    runner.fails = true;
  }

  @Test
  void aFailedRunIsReplayedToTheSameEndAndChangesNothing() {
    automation();
    var recorded = run();
    var replayed = replay(recorded);

    assertThat(Trees.object(replayed.get("error"))).isEqualTo(recorded.get("error"));
    assertThat(replayed)
        .containsEntry("status", "Failed")
        .containsEntry("dryRun", true)
        .containsEntry("redriveOf", recorded.get("id"));
    assertThat(admin.list("kventry", acme)).hasSize(1);
    assertThat(admin.list("kventry", acme).getFirst()).containsEntry("value", 1L);
  }

  @Test
  void whatTheRecordedRunDidNotAskIsNotAnswered() {
    automation();
    var recorded = run();
    runner.counts = Map.of("key", "other", "by", 1L);

    var error = Trees.object(replay(recorded).get("error"));
    assertThat(Trees.required(error, "message")).startsWith("not-recorded: ").contains("kv.incr");
    assertThat(admin.list("kventry", acme)).hasSize(1);
  }

  @Test
  void aRunThatEndedWellIsNotKeptForReplays() {
    runner.fails = false;
    automation();
    var recorded = run();
    assertThatThrownBy(() -> replay(recorded)).hasMessageContaining("runs that failed");
  }

  @Test
  void aRunIsRepeatedOnItsOwnVersion() {
    var id = automation();
    var recorded = run();
    var changed = Map.<String, Object>of("source", "export default (ctx) => {}");
    admin.plain(Operation.PATCH, "automation", acme, id, changed);

    runner.sources.clear();
    replay(recorded);
    var redriven = admin.act("run", acme, id(recorded), "redrive", Map.of());
    var again = ended(Trees.required(redriven, "run"));

    assertThat(runner.sources).containsExactly(COUNT, COUNT);
    assertThat(again).containsEntry("version", recorded.get("version"));
    assertThat(admin.list("kventry", acme).getFirst()).containsEntry("value", 2L);
  }

  private String automation() {
    return id(
        admin.create(
            "automation",
            acme,
            Map.of(
                "name",
                "counts",
                "trigger",
                Map.of("kind", "OnCall"),
                "entitlements",
                Map.of("namespace", List.of("get")),
                "source",
                COUNT)));
  }

  private Map<String, Object> run() {
    var started = admin.act("automation", acme, "name:counts", "run", Map.of());
    return ended(Trees.required(started, "run"));
  }

  private Map<String, Object> ended(String id) {
    Waiting.until(() -> admin.get("run", acme, id).containsKey("endedAt"), "the run to end");
    return admin.get("run", acme, id);
  }

  private Map<String, Object> replay(Map<String, Object> run) {
    return admin.act("run", acme, id(run), "replay", Map.of());
  }

  private static String id(Map<String, Object> resource) {
    return Trees.required(resource, "id");
  }
}
