package io.oarlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.engine.ActionCall;
import io.oarlock.engine.Engine;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.store.Document;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedulerTest {
  private static final Instant START = Instant.parse("2026-11-21T23:50:00.000Z");
  private static final Map<String, Object> EVERY_TEN_SECONDS =
      Map.of("cron", "0/10 * * * * ?", "overlap", "Parallel", "misfire", "Once");

  private final VirtualClock clock = new VirtualClock(START);
  private final Semaphore mayEnd = new Semaphore(1_000_000);
  private final List<Node> nodes = new ArrayList<>();
  @TempDir Path directory;
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    var options = EmbeddedStore.Options.defaults().withClock(clock);
    store = EmbeddedStore.open(directory, Engine.storeModel(Node.MODEL), options);
  }

  @AfterEach
  void close() {
    mayEnd.release(1_000);
    nodes.forEach(Node::close);
    store.close();
  }

  private Node node(String name) {
    return node(name, store.leases());
  }

  private Node node(String name, ResourceStore.Leases leases) {
    var node = new Node(name, store, leases, clock, mayEnd);
    nodes.add(node);
    return node;
  }

  private void stop(Node node) {
    nodes.remove(node);
    node.close();
  }

  private List<Document> all(String type) {
    return store.list(Query.all(type, new Query.Scope.Everywhere())).documents();
  }

  private List<String> outcomes() {
    return all("firing").stream().map(row -> Node.text(row.body(), "outcome")).toList();
  }

  @Test
  void eachSlotFiresOnceWithARunThatKnowsIt() {
    var node = node("node-1");
    var id = node.automation("/", "tick", EVERY_TEN_SECONDS);

    node.runUntil(START.plusSeconds(60));

    assertThat(outcomes()).hasSize(6).containsOnly("Fired");
    var row = all("firing").getFirst();
    assertThat(row.id()).isEqualTo(id + "@" + START.plusSeconds(10).toEpochMilli());
    assertThat(row.body()).containsEntry("node", "node-1").containsEntry("slots", 1L);
    var run = store.get("run", Node.text(row.body(), "run")).orElseThrow().body();
    var slot = Map.of("slot", "2026-11-21T23:50:10.000Z", "late", false);
    assertThat(run).containsEntry("input", Map.of("schedule", slot));
    var cause = Map.of("kind", "Schedule", "id", row.id(), "request", row.id(), "depth", 0L);
    assertThat(run).containsEntry("cause", cause);
  }

  @Test
  void aFiringChangesNoVersionThatAUserSees() {
    var node = node("node-1");
    var id = node.automation("/", "tick", EVERY_TEN_SECONDS);
    var before = node.one(Operation.GET, "automation", "/", id, Map.of());

    node.runUntil(START.plusSeconds(30));

    var after = node.one(Operation.GET, "automation", "/", id, Map.of());
    assertThat(before).containsEntry("nextAt", "2026-11-21T23:50:10.000Z");
    assertThat(after).containsEntry("nextAt", "2026-11-21T23:50:40.000Z");
    assertThat(after).containsEntry("version", before.get("version"));
    assertThat(node.one(Operation.UPDATE, "automation", "/", id, before))
        .containsEntry("nextAt", "2026-11-21T23:50:40.000Z");
  }

  @Test
  void twoNodesThatBothBelieveToOwnEverythingFireEachSlotOnce() throws InterruptedException {
    var first = node("node-1", new Everybody());
    var second = node("node-2", new Everybody());
    for (var i = 0; i < 20; i++) {
      first.automation("/", "tick-" + i, EVERY_TEN_SECONDS);
    }
    first.scheduler.work();
    second.scheduler.work();

    for (var slot = 1; slot <= 10; slot++) {
      clock.set(START.plusSeconds(10L * slot));
      var rival = Thread.ofVirtual().start(() -> second.scheduler.work());
      first.scheduler.work();
      rival.join();
    }

    assertThat(outcomes()).hasSize(20 * 10).containsOnly("Fired");
    assertThat(all("run")).hasSize(20 * 10);
  }

  @Test
  void anotherNodeTakesOverWhenTheLeasesOfADeadOneEnd() {
    var first = node("node-1");
    var second = node("node-2");
    first.automation("/", "tick", EVERY_TEN_SECONDS);
    first.runUntil(START.plusSeconds(20));
    second.scheduler.work();

    second.runUntil(START.plusSeconds(60));

    var byNode = all("firing").stream().map(row -> Node.text(row.body(), "node")).toList();
    assertThat(byNode).startsWith("node-1", "node-1").endsWith("node-2", "node-2", "node-2");
    assertThat(outcomes()).hasSize(6);
  }

  @Test
  void afterADowntimeEachMissedSlotIsListedWithItsReason() {
    var node = node("node-1");
    node.automation("/", "tick", EVERY_TEN_SECONDS);
    node.runUntil(START.plusSeconds(20));
    stop(node);
    clock.set(START.plusSeconds(7213));

    node("node-1").scheduler.work();

    assertThat(outcomes()).hasSize(721);
    assertThat(outcomes().stream().filter("Coalesced"::equals)).hasSize(718);
    var last = all("firing").getLast().body();
    assertThat(last)
        .containsEntry("outcome", "Late")
        .containsEntry("slot", "2026-11-22T01:50:10.000Z")
        .containsEntry("reason", "It fired PT3S after its time");
  }

  @Test
  void aSlotIsSkippedWhileTheRunBeforeItGoesOn() {
    mayEnd.drainPermits();
    var node = node("node-1");
    node.automation("/", "slow", Map.of("cron", "0/10 * * * * ?", "overlap", "Skip"));

    node.runUntil(START.plusSeconds(30));

    assertThat(outcomes()).containsExactly("Fired", "Skipped", "Skipped");
    assertThat(all("firing").getLast().body())
        .containsEntry("reason", "The run before it still goes on");
  }

  @Test
  void disablingStopsFiringAndEnablingGoesOnFromThen() throws InterruptedException {
    var node = node("node-1");
    var id = node.automation("/", "tick", EVERY_TEN_SECONDS);
    node.runUntil(START.plusSeconds(20));

    node.one(Operation.PATCH, "automation", "/", id, Map.of("disabled", true));
    node.runUntil(START.plusSeconds(55));
    node.alarms.clear();
    var enabled = node.one(Operation.PATCH, "automation", "/", id, Map.of("disabled", false));
    node.awaitAlarm();
    node.runUntil(START.plusSeconds(80));

    assertThat(enabled).containsEntry("nextAt", "2026-11-21T23:51:00.000Z");
    assertThat(outcomes()).hasSize(5).containsOnly("Fired");
  }

  @Test
  void nothingFiresInANamespaceThatIsGone() {
    var node = node("node-1");
    var acme = node.one(Operation.CREATE, "namespace", "/", "", Map.of("name", "acme"));
    node.automation("/acme", "tick", EVERY_TEN_SECONDS);
    node.scheduler.work();

    node.call(Operation.DELETE, "namespace", "/", Node.text(acme, "id"), Map.of());
    node.runUntil(START.plusSeconds(60));

    assertThat(all("schedule")).isEmpty();
    assertThat(all("firing")).isEmpty();
    assertThat(all("run")).isEmpty();
  }

  @Test
  void aClockThatWentBackRepeatsNoSlot() {
    var node = node("node-1");
    var id = node.automation("/", "tick", EVERY_TEN_SECONDS);
    node.runUntil(START.plusSeconds(30));

    clock.set(START.plusSeconds(5));
    var other = new java.util.HashMap<String, Object>(Map.of("every", "PT5S", "misfire", "All"));
    other.put("cron", null);
    node.one(Operation.PATCH, "automation", "/", id, Map.of("trigger", other));
    clock.set(START.plusSeconds(40));
    stop(node);
    node("node-1").scheduler.work();

    var slots = all("firing").stream().map(row -> row.body().get("slot")).toList();
    assertThat(slots).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void thePreviewOfADaylightSavingNightAgreesWithWhatFires() {
    clock.set(Instant.parse("2027-03-27T22:00:00Z"));
    var node = node("node-1");
    var trigger =
        Map.<String, Object>of(
            "cron", "0 0/30 1-3 * * ?", "timeZone", "Europe/Berlin", "overlap", "Parallel");
    var preview = preview(node, trigger);
    node.automation("/", "night", trigger);

    // From slot to slot: one between them would have its row all the same.
    preview.subList(0, 4).forEach(slot -> node.workAt(Instant.parse(slot.toString())));
    node.workAt(Instant.parse("2027-03-28T02:00:00Z"));

    var fired = all("firing").stream().map(row -> row.body().get("slot")).toList();
    assertThat(fired)
        .containsExactly(
            "2027-03-28T00:00:00.000Z",
            "2027-03-28T00:30:00.000Z",
            "2027-03-28T01:00:00.000Z",
            "2027-03-28T01:30:00.000Z");
    assertThat(preview.subList(0, fired.size())).isEqualTo(fired);
  }

  private static List<Object> preview(Node node, Map<String, Object> trigger) {
    var type = Node.MODEL.require("automation");
    var action =
        type.actions().stream().filter(a -> a.name().equals("preview")).findFirst().orElseThrow();
    var body = Map.<String, Object>of("schedule", trigger);
    var call =
        new ActionCall(
            action, type, NamespacePath.ROOT, Optional.empty(), body, Map.of(), Node.caller());
    return new ArrayList<>((List<?>) node.engine.act(call).get("slots"));
  }

  @Test
  void aScheduleThatIsOverCanStillBeSaved() {
    var node = node("node-1");
    var once = Map.<String, Object>of("cron", "0 0 0 22 11 ? 2026");
    var id = node.automation("/", "once", once);

    node.runUntil(START.plusSeconds(900));

    var saved = node.one(Operation.PATCH, "automation", "/", id, Map.of("description", "done"));
    assertThat(saved).doesNotContainKey("nextAt");
    assertThat(outcomes()).containsExactly("Fired");
  }

  /** What a clock that is wrong does to leases: everybody holds them all. */
  private final class Everybody implements ResourceStore.Leases {
    @Override
    public Optional<ResourceStore.Lease> acquire(String name, String owner, Duration length) {
      return Optional.of(new ResourceStore.Lease(name, owner, 1, clock.instant().plus(length)));
    }

    @Override
    public void release(String name, String owner) {}
  }
}
