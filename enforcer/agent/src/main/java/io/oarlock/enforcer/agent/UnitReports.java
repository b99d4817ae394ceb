package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datapath;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/** Tells the platform of units that start and end; what it could not tell it tells later. */
final class UnitReports {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Most ended units the platform has not heard of yet; the oldest are forgotten beyond. */
  private static final int ENDED_MAX = 10_000;

  private static final int NOT_FOUND = 404;

  private final PlatformClient platform;
  private final Units units;
  private final Datapath path;
  private final Queue<String> ended = new LinkedBlockingQueue<>(ENDED_MAX);

  UnitReports(PlatformClient platform, Units units, Datapath path) {
    this.platform = platform;
    this.units = units;
    this.path = path;
  }

  private void started(RunningUnit unit) throws IOException {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", unit.name());
    body.put("type", unit.asked().type());
    body.put("clientLocalId", unit.id());
    body.put("nativeContextId", "uid:" + unit.uid());
    body.put("associatedTags", unit.asked().tags());
    body.put("metadata", unit.asked().metadata());
    body.put("operationalStatus", "Running");
    body.put("enforcementStatus", "Active");
    var made = platform.post("/v1/processingunits", body, PATIENCE);
    units.known(unit, Tree.required(made, "id"), Tree.texts(made.get("normalizedTags")), path);
  }

  /** Never waits for the platform, however long that takes to answer {@link #catchUp}. */
  void ended(List<RunningUnit> gone) {
    for (var unit : gone) {
      unit.platformId().ifPresent(this::note);
    }
  }

  private void note(String id) {
    while (!ended.offer(id)) {
      ended.poll();
    }
  }

  /** Tells what is still to be told. */
  synchronized void catchUp() throws IOException {
    for (var unit : units.all()) {
      if (unit.platformId().isEmpty()) {
        started(unit);
      }
    }
    for (var id = ended.peek(); id != null; id = ended.peek()) {
      delete(id);
      ended.remove(id);
    }
  }

  private void delete(String id) throws IOException {
    try {
      platform.delete("/v1/processingunits/" + id, PATIENCE);
    } catch (PlatformClient.Refusal refusal) {
      if (refusal.status() != NOT_FOUND) {
        throw refusal;
      }
    }
  }
}
