package io.oarlock.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that changes the maps, and the snapshot that everybody else reads.
 *
 * <p>While one group of batches is being synced to disk the next queues up and is applied, so that
 * the cost of a sync is shared by all who wait for it. A batch that fails its expectations is taken
 * back alone. A batch is answered after the sync, and readers see it from then on.
 *
 * <p>When the file fails, the group and all that rest on it are refused, and the file is opened
 * again as it was last synced as soon as that works: a full disk stops writing, not the process.
 */
final class Writer implements AutoCloseable {
  private static final int QUEUE_MAX = 4096;
  private static final int GROUP_MAX = 1024;

  /** Bytes of changes that a group is given room for, if the one before it had as many. */
  private static final int REDO_USUAL_MAX = 256 << 10;

  private static final long TICK_MILLIS = 500;
  private static final long STRAGGLERS_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** One atomic change; its result is answered once it is durable. */
  interface Work<R> {
    R apply(Changes changes);
  }

  private record Pending<R>(Work<R> work, CompletableFuture<R> answer) {
    Runnable apply(Changes changes) {
      try {
        var result = work.apply(changes);
        return () -> answer.complete(result);
      } catch (MVStoreException e) {
        throw e;
      } catch (RuntimeException e) {
        changes.takeBack();
        return () -> answer.completeExceptionally(e);
      }
    }
  }

  private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final StoreDirectory directory;
  private final Catalog catalog;
  private final EmbeddedStore.Options options;
  private final Runnable onEvents;
  private final Thread thread;

  private volatile Snapshot current;
  private volatile @Nullable StoreException failure;
  private volatile boolean closing;

  // Only the writer thread uses what follows, once it runs.
  private DurableFile file;
  private long head;
  private int lastGroup;
  private long tickAt = System.nanoTime();
  private long reopenAt;
  private boolean abandoned;
  private int redoUsual = 4 << 10;
  private final Housekeeping housekeeping;
  private final Syncer syncer;

  Writer(
      StoreDirectory directory,
      DurableFile file,
      Catalog catalog,
      EmbeddedStore.Options options,
      Runnable onEvents) {
    this.directory = directory;
    this.catalog = catalog;
    this.options = options;
    this.onEvents = onEvents;
    this.file = file;
    this.head = EmbeddedEvents.head(file.tables());
    this.current = snapshot();
    this.syncer = new Syncer(file);
    this.housekeeping = new Housekeeping();
    this.thread = Thread.ofPlatform().daemon().name("oarlock-store-writer").unstarted(this::run);
    thread.start();
  }

  /** Has the writer do it, and waits until it is durable. */
  <R> R submit(Work<R> work) {
    var pending = new Pending<>(work, new CompletableFuture<R>());
    try {
      ensureOpen();
      queue.put(pending);
      if (closing) {
        refuseRest();
      }
      return pending.answer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted before the write was taken up", e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Reads a state that stays the same meanwhile. */
  <R> R read(Function<Snapshot, R> reader) {
    var snapshot = acquire();
    try {
      return reader.apply(snapshot);
    } catch (MVStoreException e) {
      var known = failure;
      throw known != null ? known : failed("cannot be read", e);
    } finally {
      snapshot.release();
    }
  }

  private Snapshot acquire() {
    while (true) {
      var snapshot = current;
      if (snapshot.acquire()) {
        return snapshot;
      }
      ensureOpen();
    }
  }

  long head() {
    return current.head();
  }

  /** Throws the reason why nothing can be written, if there is one. */
  void check() {
    ensureOpen();
    var known = failure;
    if (known != null) {
      throw known;
    }
    directory.ensureRoom();
  }

  private void ensureOpen() {
    if (closing) {
      throw new StoreException("The store is closed", null);
    }
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        var group = next();
        if (!group.isEmpty()) {
          write(group);
        }
        if (System.nanoTime() - tickAt >= 0) {
          tick();
          tickAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        }
      } catch (InterruptedException e) {
        // Nobody interrupts this thread; closing is told by its flag.
        closing = true;
      }
    }
    refuseRest();
    end();
  }

  private void end() {
    syncer.close();
    if (failure != null && !abandoned) {
      giveUp();
    }
    current.release();
    file.close();
  }

  private List<Pending<?>> next() throws InterruptedException {
    var group = new ArrayList<Pending<?>>();
    var first = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      awaitStragglers();
      group.add(first);
      queue.drainTo(group, GROUP_MAX - 1);
    }
    lastGroup = group.size();
    return group;
  }

  // Those answered together come back almost together. Going without them would cost each a sync.
  private void awaitStragglers() {
    var until = System.nanoTime() + STRAGGLERS_NANOS;
    while (queue.size() < lastGroup / 2 && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(STRAGGLERS_NANOS / 10);
    }
  }

  private void write(List<Pending<?>> group) {
    try {
      reopenIfFailed();
      housekeeping.ensureRoom(directory);
      if (file.isDue()) {
        syncer.await();
        file.beginCheckpoint();
      }
      var answers = new ArrayList<Runnable>(group.size());
      var redo = new Redo(file.tables(), redoUsual);
      for (var pending : group) {
        var changes = changes(redo);
        answers.add(pending.apply(changes));
        head = changes.head();
      }
      makeDurable(redo, group, answers);
    } catch (MVStoreException e) {
      giveUp();
      refuse(group, fail("cannot be written", e));
    } catch (StoreException e) {
      refuse(group, e);
    }
  }

  private Changes changes(Redo redo) {
    return new Changes(file.tables(), catalog, options.clock().millis(), head, redo);
  }

  private void makeDurable(Redo redo, List<Pending<?>> group, List<Runnable> answers) {
    redoUsual = Math.clamp(redo.size(), redoUsual / 2, REDO_USUAL_MAX);
    var next = redo.size() > 0 ? snapshot() : null;
    if (next != null && !file.reserve(redo.size())) {
      syncer.await();
      file.checkpoint();
      finish(next, answers);
    } else if (isAlone(group)) {
      file.append(List.of(redo.bytes()));
      finish(next, answers);
    } else {
      syncer.hand(
          new Syncer.Group(
              redo.bytes(),
              () -> finish(next, answers),
              e -> refuse(group, fail("cannot be written", e))));
    }
  }

  // Waking another thread costs a single caller more than the writer can do meanwhile.
  private boolean isAlone(List<Pending<?>> group) {
    return group.size() <= 1 && queue.isEmpty() && syncer.idle();
  }

  private Snapshot snapshot() {
    return new Snapshot(file.maps(), file.tables(), head);
  }

  /** By the syncer, or by the writer while the syncer is idle. */
  private void finish(@Nullable Snapshot next, List<Runnable> answers) {
    var before = current.head();
    if (next != null) {
      publish(next);
    }
    answers.forEach(Runnable::run);
    if (current.head() > before) {
      onEvents.run();
    }
  }

  private void publish(Snapshot next) {
    var old = current;
    current = next;
    old.release();
  }

  private StoreException failed(String what, MVStoreException e) {
    var message =
        "The store file in %s %s: %s. See that its disk works and has room; the store goes on by"
                .formatted(directory.path(), what, e.getMessage())
            + " itself once it has";
    return isOutOfSpace(e) ? StoreException.outOfSpace(message, e) : new StoreException(message, e);
  }

  // The JDK tells it by the words of the operating system only.
  private static boolean isOutOfSpace(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("No space left")) {
        return true;
      }
    }
    return false;
  }

  private StoreException fail(String what, MVStoreException e) {
    var reason = failed(what, e);
    failure = reason;
    return reason;
  }

  // What is half done in memory goes with the file; what was synced is found when it is opened.
  private void giveUp() {
    syncer.drain();
    file.abandon();
    abandoned = true;
    reopenAt = System.nanoTime() + REOPEN_NANOS;
  }

  private static void refuse(List<Pending<?>> group, StoreException reason) {
    group.forEach(pending -> pending.answer.completeExceptionally(reason));
  }

  private void refuseRest() {
    var rest = new ArrayList<Pending<?>>();
    queue.drainTo(rest);
    var reason = new StoreException("The store is closed", null);
    rest.forEach(pending -> pending.answer.completeExceptionally(reason));
  }

  private void reopenIfFailed() {
    var known = failure;
    if (known == null) {
      return;
    }
    if (!abandoned) {
      giveUp();
    }
    if (System.nanoTime() - reopenAt < 0) {
      throw known;
    }
    reopenAt = System.nanoTime() + REOPEN_NANOS;
    directory.ensureRoom();
    file = directory.open();
    head = EmbeddedEvents.head(file.tables());
    syncer.use(file);
    abandoned = false;
    publish(snapshot());
    failure = null;
  }

  private void tick() {
    try {
      reopenIfFailed();
      var redo = new Redo(file.tables(), 0);
      housekeeping.sweep(changes(redo));
      makeDurable(redo, List.of(), List.of());
      if (file.unsettled()) {
        syncer.await();
        housekeeping.settle(file);
        publish(snapshot()); // so that the version before is in use no longer
      }
    } catch (MVStoreException e) {
      giveUp();
      fail("cannot be kept in order", e);
    } catch (StoreException e) {
      // Still failing, and the next tick tries again. Whoever writes meanwhile is told.
      failure = e;
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
