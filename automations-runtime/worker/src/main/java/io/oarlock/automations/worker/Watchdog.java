package io.oarlock.automations.worker;

import io.oarlock.automations.Limits;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Stops runs at their limits from inside the worker, where their line can still be told. The
/// platform's own clock stands behind it.
final class Watchdog {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// It goes on for a while without runs, so that not every one of many short runs has to wake it.
  private static final int IDLE_TICKS_MAX = 20;

  /// When this much of the heap survives a full collection, the next ones take longer than the
  /// scripts between them.
  private static final double HEAP_SHARE_MAX = 0.9;

  private final Meters meters;
  private final List<WorkerRun> runs = new CopyOnWriteArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("watchdog").daemon().unstarted(this::watch);
  private final long ownBytes;
  private long fullCollectionsSeen;
  private int idleTicks;
  private volatile boolean asleep;

  Watchdog(Meters meters) {
    this.meters = meters;
    // What the engine itself keeps is known only after a full collection.
    System.gc();
    ownBytes = meters.survivingBytes();
    fullCollectionsSeen = meters.fullCollections();
  }

  void start() {
    thread.start();
  }

  void add(WorkerRun run) {
    runs.add(run);
    if (asleep || run.nanosToLimit(meters) < TICK_NANOS) {
      LockSupport.unpark(thread);
    }
  }

  void remove(WorkerRun run) {
    runs.remove(run);
  }

  private void watch() {
    try {
      while (true) {
        tick();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private void tick() throws IOException {
    if (runs.isEmpty() && ++idleTicks > IDLE_TICKS_MAX) {
      sleep();
      return;
    }
    var pause = TICK_NANOS;
    for (var run : runs) {
      pause = Math.min(pause, run.isStopped() ? pause : run.nanosToLimit(meters));
    }
    LockSupport.parkNanos(this, Math.max(pause, TimeUnit.MILLISECONDS.toNanos(1)));
    for (var run : runs) {
      check(run);
    }
    relieveHeap();
  }

  /// Looks again after it has said so, or the run that comes in between would be missed.
  private void sleep() {
    idleTicks = 0;
    asleep = true;
    if (runs.isEmpty()) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void check(WorkerRun run) throws IOException {
    var limit = run.passed(meters);
    if (limit.isPresent()) {
      run.stopAtLimit(limit.get(), meters);
    } else if (run.allocated(meters) > run.memoryBytes() / 2) {
      run.tell(meters);
    }
  }

  /// Judges the heap once after each full collection, when what survives is known. The run that
  /// allocated most is the one that goes.
  private void relieveHeap() throws IOException {
    var collections = meters.fullCollections();
    if (collections == fullCollectionsSeen) {
      return;
    }
    fullCollectionsSeen = collections;
    var surviving = meters.survivingBytes();
    var greediest = runs.stream().max(Comparator.comparingLong(run -> run.allocated(meters)));
    if (greediest.isPresent() && isTooMuch(surviving, greediest.get())) {
      greediest.get().stopAtLimit(Limits.MEMORY, meters);
    }
  }

  private boolean isTooMuch(long surviving, WorkerRun run) {
    var share = run.memoryBytes();
    return (surviving - ownBytes > share && run.allocated(meters) > share)
        || surviving > Meters.heapBytesMax() * HEAP_SHARE_MAX;
  }
}
