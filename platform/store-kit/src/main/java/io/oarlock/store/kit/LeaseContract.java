package io.oarlock.store.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one node does at a time is done by one node at a time. */
public interface LeaseContract extends StoreUnderTest {
  @Test
  default void aLeaseHasOneHolderUntilItEnds() {
    var leases = store().leases();
    var minute = Duration.ofMinutes(1);
    var first = leases.acquire("shard", "node-1", minute).orElseThrow();

    assertThat(leases.acquire("shard", "node-2", minute)).isEmpty();
    assertThat(leases.acquire("other", "node-2", minute)).isPresent();
    var renewed = leases.acquire("shard", "node-1", minute).orElseThrow();
    assertThat(renewed.epoch()).isEqualTo(first.epoch());

    clock().advance(Duration.ofSeconds(61));
    var second = leases.acquire("shard", "node-2", minute).orElseThrow();
    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(leases.acquire("shard", "node-1", minute)).isEmpty();
  }

  @Test
  default void aReleasedLeaseGoesToTheNextWithAGreaterEpoch() {
    var leases = store().leases();
    var minute = Duration.ofMinutes(1);
    var first = leases.acquire("shard", "node-1", minute).orElseThrow();

    leases.release("shard", "node-2");
    assertThat(leases.acquire("shard", "node-2", minute)).isEmpty();
    leases.release("shard", "node-1");

    assertThat(leases.acquire("shard", "node-2", minute).orElseThrow().epoch())
        .isGreaterThan(first.epoch());
  }
}
