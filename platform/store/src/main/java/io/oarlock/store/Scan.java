package io.oarlock.store;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of several runs, merged by what follows the fixed part of each run. That is their order
 * when the runs are sorted, and costs little when they are not.
 */
final class Scan {
  /** One run and the key it is at. */
  private final class Run {
    private final Access.Reach reach;
    private final Cursor<byte[], byte[]> cursor;
    private byte @Nullable [] key;

    Run(Access.Reach reach, byte @Nullable [] suffix) {
      this.reach = reach;
      this.cursor = map.cursor(start(reach, suffix), null, descending);
      this.key = null;
    }

    boolean advance(byte @Nullable [] suffix) {
      while (cursor.hasNext()) {
        var next = cursor.next();
        if (beyondEnd(next)) {
          return false;
        }
        if (inside(next) && (suffix == null || after(next, suffix))) {
          key = next;
          return true;
        }
      }
      return false;
    }

    private boolean beyondEnd(byte[] next) {
      return descending
          ? Arrays.compareUnsigned(next, reach.keys().low()) < 0
          : Arrays.compareUnsigned(next, reach.keys().high()) >= 0;
    }

    // Both ways start at a key that may lie just outside.
    private boolean inside(byte[] next) {
      return Arrays.compareUnsigned(next, reach.keys().low()) >= 0
          && Arrays.compareUnsigned(next, reach.keys().high()) < 0;
    }

    private boolean after(byte[] next, byte[] suffix) {
      var order =
          Arrays.compareUnsigned(next, reach.fixedLength(), next.length, suffix, 0, suffix.length);
      return descending ? order < 0 : order > 0;
    }

    byte[] key() {
      if (key == null) {
        throw new IllegalStateException("advance() first");
      }
      return key;
    }
  }

  private final MVMap<byte[], byte[]> map;
  private final boolean descending;
  private final PriorityQueue<Run> runs;

  /**
   * Of an access.
   *
   * @param suffix where to begin, as what follows the fixed part of each run; not included
   */
  Scan(MVMap<byte[], byte[]> map, Access access, boolean descending, byte @Nullable [] suffix) {
    this.map = map;
    this.descending = descending;
    Comparator<Run> order = Scan::compare;
    this.runs =
        new PriorityQueue<>(
            Math.max(1, access.reaches().size()), descending ? order.reversed() : order);
    for (var reach : access.reaches()) {
      var run = new Run(reach, suffix);
      if (run.advance(suffix)) {
        runs.add(run);
      }
    }
  }

  private byte[] start(Access.Reach reach, byte @Nullable [] suffix) {
    var natural = descending ? reach.keys().high() : reach.keys().low();
    if (suffix == null) {
      return natural;
    }
    var fixed = Arrays.copyOf(reach.keys().low(), reach.fixedLength());
    var from = Keys.join(fixed, suffix);
    var inward = Arrays.compareUnsigned(from, natural) < 0 == descending;
    return inward ? from : natural;
  }

  private static int compare(Run a, Run b) {
    var x = a.key();
    var y = b.key();
    return Arrays.compareUnsigned(
        x, a.reach.fixedLength(), x.length, y, b.reach.fixedLength(), y.length);
  }

  /** A key, the value there, and the run it is from. */
  interface Visitor {
    /** Whether to go on. */
    boolean visit(byte[] key, byte[] value, Access.Reach reach);
  }

  void forEach(Visitor visitor) {
    while (!runs.isEmpty()) {
      var run = runs.poll();
      if (!visitor.visit(run.key(), run.cursor.getValue(), run.reach)) {
        return;
      }
      if (run.advance(null)) {
        runs.add(run);
      }
    }
  }
}
