package io.oarlock.store;

import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** What the writer does between groups, in slices small enough that nobody waits for it long. */
final class Housekeeping {
  /** Expired documents removed in one slice. */
  private static final int SWEEP_MAX = 500;

  /** Chunks of the file that are less live than this are rewritten. */
  private static final int FILL_RATE_MIN = 50;

  /** Live bytes rewritten in one slice. */
  private static final int REWRITE_BYTES_MAX = 2 << 20;

  private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long roomAt = System.nanoTime();
  private @Nullable StoreException noRoom;

  void run(Changes changes, MVStore file) {
    changes.sweep(SWEEP_MAX);
    if (noRoom == null) {
      file.compact(FILL_RATE_MIN, REWRITE_BYTES_MAX);
    }
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
