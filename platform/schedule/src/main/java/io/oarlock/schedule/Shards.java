package io.oarlock.schedule;

import io.oarlock.store.ResourceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The part of all schedules that this node looks after: shards by leases. Used by one thread at a
 * time.
 */
final class Shards {
  static final int COUNT = 16;
  static final Duration LEASE = Duration.ofSeconds(15);

  private final ResourceStore.Leases leases;
  private final String node;
  private final Map<Integer, Instant> heldUntil = new HashMap<>();
  private Instant renewAt = Instant.MIN;

  Shards(ResourceStore.Leases leases, String node) {
    this.leases = leases;
    this.node = node;
  }

  /** Renews when it is time; returns whether there are shards that it did not have before. */
  boolean renew(Instant now) {
    if (now.isBefore(renewAt)) {
      return false;
    }
    renewAt = now.plus(LEASE.dividedBy(3));
    var gained = false;
    for (var shard = 0; shard < COUNT; shard++) {
      if (leases.acquire(name(shard), node, LEASE).isEmpty()) {
        heldUntil.remove(shard);
      } else {
        var before = heldUntil.put(shard, now.plus(LEASE));
        gained |= before == null || !before.isAfter(now);
      }
    }
    return gained;
  }

  /** Whether it looks after that schedule; the lease is long enough to say so. */
  boolean holds(String id, Instant now) {
    var until = heldUntil.get(Math.floorMod(id.hashCode(), COUNT));
    return until != null && until.isAfter(now);
  }

  Instant renewAt() {
    return renewAt;
  }

  void release() {
    heldUntil.keySet().forEach(shard -> leases.release(name(shard), node));
    heldUntil.clear();
  }

  private static String name(int shard) {
    return "schedules-" + shard;
  }
}
