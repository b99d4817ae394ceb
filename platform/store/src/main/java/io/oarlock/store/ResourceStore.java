package io.oarlock.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where resources live. Every method may block on storage and is called on virtual threads; each is
 * safe to call from many at once. Failures of storage are {@link StoreException}s.
 *
 * <p>What a store promises, proven for each by the contract kit: a batch is applied as a whole or
 * not at all; a commit that returned survives the death of the process; a document read is one that
 * was committed; a reader sees its own commits.
 */
public interface ResourceStore extends AutoCloseable {
  /** The document, unless it is not there or has expired. */
  Optional<Document> get(String type, String id);

  /** One page. */
  Page list(Query query);

  /** How many documents match, whatever the limit of the query. */
  long count(Query query);

  /**
   * How many documents match, found with about as much work as a page takes: counted where an index
   * tells it or few documents must be looked at, estimated otherwise.
   */
  Total total(Query query);

  /** How the store would answer: the index it takes, what it scans, what it filters afterwards. */
  Plan explain(Query query);

  /**
   * Applies a batch durably.
   *
   * @return the events with their sequence numbers
   * @throws ConflictException when an expectation or a unique index is not met; nothing is written
   */
  List<Event> commit(Batch batch);

  /** The log of what was committed. */
  EventLog events();

  /** Leases on names, for work that one node does at a time. */
  Leases leases();

  /** Cheap check that it can serve; throws with the reason and the fix otherwise. */
  void check();

  /** How many match; {@code exact} when they were counted, about so many when not. */
  record Total(long count, boolean exact) {
    public static Total exactly(long count) {
      return new Total(count, true);
    }
  }

  /** How a query is answered. */
  record Plan(String index, String range, List<String> residual, long estimatedScan) {}

  /** Leases: a name is held by one owner until a time, and each new holder gets a greater epoch. */
  interface Leases {
    /** Takes or renews; empty when somebody else holds it. */
    Optional<Lease> acquire(String name, String owner, Duration length);

    /** Gives it back, if this owner still holds it. */
    void release(String name, String owner);
  }

  /** A held lease; {@code epoch} fences writes of an owner that lost it. */
  record Lease(String name, String owner, long epoch, java.time.Instant until) {}

  @Override
  void close();
}
