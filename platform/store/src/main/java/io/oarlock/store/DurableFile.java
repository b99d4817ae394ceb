package io.oarlock.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The data file and the log of what is not in it yet. Together they are what survives: the maps as
 * they were at the last checkpoint, and all changes since.
 *
 * <p>Only the writer uses it, and only between batches, so that a checkpoint holds whole batches;
 * {@link #append} is for the syncer too.
 *
 * <p>Under load a checkpoint is made beside the writer. Changes made meanwhile belong to the next
 * generation; until the checkpoint is synced, the file is of the generation before, and opening
 * makes the changes of both again.
 */
final class DurableFile {
  private static final String GENERATION = "redo.generation";

  /** Bytes in the log from which on a checkpoint is due. */
  private static final int DUE = 4 << 20;

  /** How long changes stay in the log alone, and how often dead space is looked for. */
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Chunks of the file that are less live than this are rewritten. */
  private static final int FILL_RATE_MIN = 50;

  /** Live bytes rewritten in one slice. */
  private static final int REWRITE_BYTES_MAX = 4 << 20;

  private final MVStore maps;
  private final Tables tables;
  private final RedoLog log;
  private long settledAt = System.nanoTime();
  private boolean worn;

  /** The last checkpoint that was made beside the writer. */
  private CompletableFuture<Void> beside = CompletableFuture.completedFuture(null);

  /** Bytes of the log that are taken, or will be by what was reserved for. */
  private long reserved;

  private DurableFile(MVStore maps, RedoLog log) {
    this.maps = maps;
    this.tables = Tables.of(maps);
    this.log = log;
  }

  /** Brings the maps up to what the log knows. */
  static DurableFile open(MVStore maps, RedoLog log) throws IOException {
    var file = new DurableFile(maps, log);
    try {
      file.replay();
      return file;
    } catch (IOException | RuntimeException e) {
      file.closeLog();
      throw e;
    }
  }

  private void replay() throws IOException {
    if (log.replay(generation(), changes -> Redo.again(changes, tables))) {
      checkpoint();
    }
  }

  MVStore maps() {
    return maps;
  }

  Tables tables() {
    return tables;
  }

  /** A generation that no log of a file which was here before has. */
  static void number(Tables tables) {
    var first = ThreadLocalRandom.current().nextLong(1L << 62);
    tables.state().put(GENERATION, new ByteSink(8).i64(first).toBytes());
  }

  private long generation() {
    var stored = tables.state().get(GENERATION);
    return stored == null ? 0 : new ByteSource(stored).i64();
  }

  /** Whether the log has room for changes of a length; they count as in it from now on. */
  boolean reserve(int length) {
    var after = reserved + RedoLog.size(length);
    if (after > RedoLog.SIZE) {
      return false;
    }
    reserved = after;
    return true;
  }

  /**
   * Returns when changes that were reserved for, and that the maps have already, are sure to
   * survive. Any thread may call it while no checkpoint is made.
   */
  void append(List<ByteBuffer> changes) {
    var some = changes.stream().filter(ByteBuffer::hasRemaining).toList();
    if (some.isEmpty()) {
      return;
    }
    try {
      log.append(some);
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_WRITING_FAILED, "{0}", String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether so much has changed that a checkpoint should begin; never while one is made. */
  boolean isDue() {
    return reserved >= DUE && beside.isDone();
  }

  /**
   * Begins to put into the data file all that is in the maps, which must be durable. Throws what
   * went wrong with the checkpoint before.
   */
  void beginCheckpoint() {
    awaitCheckpoint();
    var next = generation(1);
    if (maps.tryCommit() < 0) {
      maps.commit();
    }
    log.turn(next);
    reserved = 0;
    beside =
        CompletableFuture.runAsync(
            this::syncCheckpoint,
            Thread.ofPlatform().daemon().name("oarlock-store-checkpoint")::start);
  }

  private void syncCheckpoint() {
    maps.getFileStore().executeFileStoreOperation(() -> {}); // comes after what was begun
    var failure = maps.getPanicException();
    if (failure != null) {
      throw failure;
    }
    maps.sync();
  }

  private void awaitCheckpoint() {
    try {
      beside.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof MVStoreException cause
          ? cause
          : DataUtils.newMVStoreException(DataUtils.ERROR_INTERNAL, "{0}", e.getCause());
    }
  }

  /** Puts into the data file all that is in the maps. Until it is synced, the log stays. */
  void checkpoint() {
    awaitCheckpoint();
    var next = generation(2); // the log may have changes of the next one
    maps.commit();
    maps.sync();
    log.restart(next);
    reserved = 0;
  }

  private long generation(int later) {
    var next = generation() + later;
    tables.state().put(GENERATION, new ByteSink(8).i64(next).toBytes());
    return next;
  }

  /** Whether it is time to {@link #settle}. */
  boolean unsettled() {
    return (reserved > 0 || worn) && System.nanoTime() - settledAt >= SETTLE_NANOS;
  }

  /** Makes a checkpoint, and space of what is dead. */
  void settle(boolean mayGrow) {
    awaitCheckpoint();
    worn = mayGrow && maps.compact(FILL_RATE_MIN, REWRITE_BYTES_MAX);
    checkpoint();
    settledAt = System.nanoTime();
  }

  void close() {
    try {
      awaitCheckpoint();
      if (reserved > 0) {
        checkpoint();
      }
      maps.close();
    } catch (MVStoreException e) {
      maps.closeImmediately();
    } finally {
      closeLog();
    }
  }

  /** Forgets what is not durable; opening finds the rest. */
  void abandon() {
    beside.exceptionally(_ -> null).join();
    maps.closeImmediately();
    closeLog();
  }

  private void closeLog() {
    try {
      log.close();
    } catch (IOException e) {
      // Nothing is lost: each record was synced when it was written.
    }
  }
}
