package io.oarlock.engine;

import io.oarlock.store.ResourceStore;
import java.time.Duration;

/**
 * A lease held for as long as it is asked for. It is renewed when half of it is over, not each time
 * somebody asks: a renewal is a write. Used by one thread.
 */
final class Tenure {
  static final Duration LENGTH = Duration.ofSeconds(15);

  private final ResourceStore.Leases leases;
  private final String name;
  private final String node;
  private boolean held;
  private long renewAt;

  Tenure(ResourceStore.Leases leases, String name, String node) {
    this.leases = leases;
    this.name = name;
    this.node = node;
  }

  /** Whether it is this node's now. */
  boolean holds() {
    var now = System.nanoTime();
    if (!held || now - renewAt >= 0) {
      held = false;
      held = leases.acquire(name, node, LENGTH).isPresent();
      renewAt = now + LENGTH.dividedBy(2).toNanos();
    }
    return held;
  }

  /** Lets another node take it. */
  void release() {
    held = false;
    leases.release(name, node);
  }
}
