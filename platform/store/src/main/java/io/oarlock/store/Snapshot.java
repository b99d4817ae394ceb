package io.oarlock.store;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A durable state of the store that readers see while the writer works on the next. The pages it
 * needs are kept until its last reader has left and a newer one has taken its place.
 */
final class Snapshot {
  private final MVStore file;
  private final MVStore.TxCounter usage;
  private final Tables tables;
  private final long head;
  // One for being the current snapshot, and one for each reader; 0 is final.
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Of the maps as they are; made by the writer, and published once all in it is durable. */
  Snapshot(MVStore file, Tables live, long head) {
    this.file = file;
    this.usage = file.registerVersionUsage();
    this.tables = live.at(file.getCurrentVersion());
    this.head = head;
  }

  /** Whether it may be read; then {@link #release} must follow. */
  boolean acquire() {
    var seen = holders.get();
    while (seen > 0) {
      if (holders.compareAndSet(seen, seen + 1)) {
        return true;
      }
      seen = holders.get();
    }
    return false;
  }

  void release() {
    if (holders.decrementAndGet() == 0 && !file.isClosed()) {
      file.deregisterVersionUsage(usage);
    }
  }

  /** Sequence of the newest event. */
  long head() {
    return head;
  }

  MVMap<Long, byte[]> events() {
    return tables.events();
  }

  MVMap<byte[], byte[]> index() {
    return tables.index();
  }

  MVMap<byte[], byte[]> documents() {
    return tables.documents();
  }

  MVMap<String, byte[]> state() {
    return tables.state();
  }

  /** How many keys are in a range; takes no longer for many than for few. */
  static long count(MVMap<byte[], byte[]> map, byte[] low, byte[] high) {
    return Math.max(0, rank(map, high) - rank(map, low));
  }

  /** How many keys come before it. */
  static long rank(MVMap<byte[], byte[]> map, byte[] key) {
    var index = map.getKeyIndex(key);
    return index < 0 ? -index - 1 : index;
  }

  byte @Nullable [] document(int type, String id) {
    return documents().get(TypeEntry.key(type, id));
  }
}
