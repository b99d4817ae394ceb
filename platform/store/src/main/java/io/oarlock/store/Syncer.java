package io.oarlock.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Makes groups of changes durable in their order, on a thread of its own, so that the writer
 * changes the maps for the next group meanwhile. Groups that wait are synced together.
 *
 * <p>Once a sync has failed, every later group rests on what is lost, and is refused too until the
 * writer goes on with the file opened anew.
 */
final class Syncer implements AutoCloseable {
  /** Groups that wait while others are synced; then the writer waits too. */
  private static final int WAITING_MAX = 2;

  /**
   * What was changed, and what follows.
   *
   * @param redo the changes; empty where those who wait only have to wait for what came before
   * @param durable runs once the changes are sure to survive
   * @param refused runs instead when they may not
   */
  record Group(ByteBuffer redo, Runnable durable, Consumer<MVStoreException> refused) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  // Guarded by the lock.
  private final List<Group> waiting = new ArrayList<>();
  private DurableFile file;
  private boolean syncing;
  private boolean closing;
  private @Nullable MVStoreException broken;

  Syncer(DurableFile file) {
    this.file = file;
    this.thread = Thread.ofPlatform().daemon().name("oarlock-store-sync").unstarted(this::run);
    thread.start();
  }

  /** Goes on with another file; what was handed over before is done or refused. */
  void use(DurableFile opened) {
    lock.lock();
    try {
      file = opened;
      broken = null;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a group; waits while too many do. Throws the failure of one before it. */
  void hand(Group group) {
    lock.lock();
    try {
      while (waiting.size() == WAITING_MAX && broken == null) {
        changed.awaitUninterruptibly();
      }
      ensureWhole();
      waiting.add(group);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that was handed over is durable. */
  boolean idle() {
    lock.lock();
    try {
      ensureWhole();
      return !syncing && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when all that was handed over is durable. Throws the failure of a sync. */
  void await() {
    lock.lock();
    try {
      drain();
      ensureWhole();
    } finally {
      lock.unlock();
    }
  }

  /** Returns when all that was handed over is durable or refused. */
  void drain() {
    lock.lock();
    try {
      while (syncing || !waiting.isEmpty()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void ensureWhole() {
    var known = broken;
    if (known != null) {
      throw known;
    }
  }

  private void run() {
    for (var groups = next(); !groups.isEmpty(); groups = next()) {
      sync(groups);
    }
  }

  private List<Group> next() {
    lock.lock();
    try {
      syncing = false;
      changed.signalAll();
      while (waiting.isEmpty() && !closing) {
        changed.awaitUninterruptibly();
      }
      var groups = List.copyOf(waiting);
      waiting.clear();
      syncing = !groups.isEmpty();
      changed.signalAll();
      return groups;
    } finally {
      lock.unlock();
    }
  }

  private void sync(List<Group> groups) {
    try {
      ensureWhole();
      file.append(groups.stream().map(Group::redo).toList());
    } catch (MVStoreException e) {
      fail(e);
      groups.forEach(group -> group.refused().accept(e));
      return;
    }
    groups.forEach(group -> group.durable().run());
  }

  private void fail(MVStoreException e) {
    lock.lock();
    try {
      broken = e;
    } finally {
      lock.unlock();
    }
  }

  /** Ends after what was handed over. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
