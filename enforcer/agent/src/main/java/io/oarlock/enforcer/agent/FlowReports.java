package io.oarlock.enforcer.agent;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.Enforcer;
import io.oarlock.model.types.Flow;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells the platform what became of connections. A window goes to disk first and to the platform
 * from there, so what is not told yet outlives the agent; a batch keeps its name when it is sent
 * again, and counts once.
 */
final class FlowReports implements AutoCloseable {
  /** How long connections are counted together, unless told otherwise. */
  static final Duration WINDOW = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final TreeCodec<Flow> CODEC = TreeCodec.of(Flow.class);

  /** Answers that will be the same however often it is asked. */
  private static final Set<Integer> FINAL = Set.of(400, 413, 422);

  private final FlowWindow window;
  private final FlowSpool spool;
  private final Platform platform;
  // Written by whoever holds the lock, read by anybody: a status does not wait for the platform.
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();

  /** Takes a batch. */
  interface Platform {
    void take(Map<String, Object> batch) throws IOException;
  }

  FlowReports(FlowWindow window, FlowSpool spool, Platform platform) {
    this.window = window;
    this.spool = spool;
    this.platform = platform;
    waiting.set(spool.flows());
  }

  /** Reports of an enforcer, as itself. */
  static FlowReports to(
      PlatformClient client, String enforcer, FlowWindow window, StateFolder state) {
    return new FlowReports(
        window,
        new FlowSpool(state),
        batch -> client.post("/v1/enforcers/" + enforcer + "/flows", batch, PATIENCE));
  }

  /** Ends the window and keeps what it holds. */
  synchronized void keep() {
    var taken = window.take();
    lost.addAndGet(taken.lost());
    var flows = taken.flows();
    for (var from = 0; from < flows.size(); from += Enforcer.FLOWS_MAX) {
      keep(flows.subList(from, Math.min(flows.size(), from + Enforcer.FLOWS_MAX)));
    }
  }

  private void keep(List<Flow> flows) {
    var batch =
        Map.of(
            "batch", UUID.randomUUID().toString().replace("-", ""),
            "flows", flows.stream().map(CODEC::encode).toList());
    try {
      lost.addAndGet(spool.add(Json.write(batch), flows.size()));
    } catch (RuntimeException e) {
      lost.addAndGet(flows.size());
      throw e;
    } finally {
      waiting.set(spool.flows());
    }
  }

  /** Sends what is kept, the oldest first, until all is sent or the platform does not take it. */
  synchronized void send() throws IOException {
    for (var next = spool.oldest(); next.isPresent(); next = spool.oldest()) {
      var batch = next.get();
      if (isTaken(batch)) {
        told.addAndGet(batch.flows());
      }
      spool.remove(batch);
      waiting.set(spool.flows());
    }
  }

  private boolean isTaken(FlowSpool.Batch batch) throws IOException {
    var bytes = spool.read(batch);
    if (bytes.isEmpty()) {
      lost.addAndGet(batch.flows());
      return false;
    }
    try {
      platform.take(Json.parseObject(bytes.get()));
      return true;
    } catch (JsonException e) {
      lost.addAndGet(batch.flows()); // somebody changed the file
      return false;
    } catch (PlatformClient.Refusal refusal) {
      if (FINAL.contains(refusal.status())) {
        refused.addAndGet(batch.flows());
        return false;
      }
      throw refusal;
    }
  }

  /**
   * How it goes, in flow records: told to the platform, waiting on disk, lost for want of room, and
   * refused by the platform as no such thing.
   */
  Map<String, Object> counts() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("told", told.get());
    tree.put("waiting", waiting.get());
    tree.put("lost", lost.get());
    tree.put("refused", refused.get());
    return tree;
  }

  /** What was not told yet waits on disk for the next agent. */
  @Override
  public void close() {
    keep();
  }
}
