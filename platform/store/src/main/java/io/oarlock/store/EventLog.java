package io.oarlock.store;

import java.util.List;

/**
 * The log of everything committed. An event is in it exactly when the write it tells of was
 * committed.
 */
public interface EventLog {
  /** Events with a greater sequence, oldest first, at most {@code limit}. */
  List<Event> read(long after, int limit);

  /** Sequence of the newest event; 0 when there was none. */
  long head();

  /**
   * Sequence of the oldest event still kept; {@code head() + 1} when none is. A reader whose
   * position is below {@code oldest() - 1} has a gap and must say so.
   */
  long oldest();

  /**
   * Calls back, on a thread of the store, soon after events were appended by whatever node. A hint:
   * calls may be coalesced, and a reader that missed one still finds all by {@link #read}.
   */
  Subscription onAppend(Runnable listener);

  /** Forgets events up to that sequence, for retention. */
  void trim(long upTo);

  /** Ends the calls back. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
