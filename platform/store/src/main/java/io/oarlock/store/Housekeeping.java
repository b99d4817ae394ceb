package io.oarlock.store;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the writer does between groups, in slices small enough that nobody waits for it long. */
final class Housekeeping {
  /** Expired documents removed in one slice. */
  private static final int SWEEP_MAX = 500;

  private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long roomAt = System.nanoTime();
  private @Nullable StoreException noRoom;

  void sweep(Changes changes) {
    changes.sweep(SWEEP_MAX);
  }

  void settle(DurableFile file) {
    file.settle(noRoom == null);
  }

  /** Asks the disk at most once in a second, since asking costs as much as a small write. */
  void ensureRoom(StoreDirectory directory) {
    var now = System.nanoTime();
    if (now - roomAt >= 0) {
      roomAt = now + ROOM_NANOS;
      try {
        directory.ensureRoom();
        noRoom = null;
      } catch (StoreException e) {
        noRoom = e;
      }
    }
    if (noRoom != null) {
      throw noRoom;
    }
  }
}
