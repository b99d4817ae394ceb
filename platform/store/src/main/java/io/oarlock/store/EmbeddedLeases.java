package io.oarlock.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Leases as words of the store's state: owner, epoch, end. */
final class EmbeddedLeases implements ResourceStore.Leases {
  private static final String WORD = "lease:";

  private final Writer writer;

  EmbeddedLeases(Writer writer) {
    this.writer = writer;
  }

  @Override
  public Optional<ResourceStore.Lease> acquire(String name, String owner, Duration length) {
    return writer.submit(changes -> {
      var held = changes.state(WORD + name).map(bytes -> lease(name, bytes));
      var now = Instant.ofEpochMilli(changes.now());
      var alive = held.filter(lease -> lease.until().isAfter(now));
      if (alive.isPresent() && !alive.get().owner().equals(owner)) {
        return Optional.empty();
      }
      // Who comes late counts as a new holder: others may have acted meanwhile.
      var epoch =
          alive
              .map(ResourceStore.Lease::epoch)
              .orElseGet(() -> held.map(ResourceStore.Lease::epoch).orElse(0L) + 1);
      var taken = new ResourceStore.Lease(name, owner, epoch, now.plus(length));
      changes.state(WORD + name, bytes(taken));
      return Optional.of(taken);
    });
  }

  @Override
  public void release(String name, String owner) {
    writer.submit(changes -> {
      var held = changes.state(WORD + name).map(bytes -> lease(name, bytes));
      held.filter(lease -> lease.owner().equals(owner))
          .map(lease -> new ResourceStore.Lease(name, "", lease.epoch(), Instant.EPOCH))
          .ifPresent(free -> changes.state(WORD + name, bytes(free)));
      return held;
    });
  }

  private static byte[] bytes(ResourceStore.Lease lease) {
    return new ByteSink(64)
        .text(lease.owner())
        .varLong(lease.epoch())
        .i64(lease.until().toEpochMilli())
        .toBytes();
  }

  private static ResourceStore.Lease lease(String name, byte[] bytes) {
    var in = new ByteSource(bytes);
    return new ResourceStore.Lease(name, in.text(), in.varLong(), Instant.ofEpochMilli(in.i64()));
  }
}
