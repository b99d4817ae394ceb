package io.oarlock.store.kit;

import io.oarlock.store.ResourceStore;
import java.util.Set;

/** A store, new and empty for each test, that knows the types of {@link Things}. */
public interface StoreUnderTest {
  /** What a stand-in for a real server may be unable to do; a real store keeps all. */
  enum Promise {
    /** Documents without a value are not bound by a unique index. */
    UNIQUE_ONLY_WHERE_PRESENT,
    /** The plan of a query can be asked for. */
    EXPLAIN
  }

  ResourceStore store();

  KitClock clock();

  /** Closes the store and opens it again on the same data. */
  ResourceStore reopened();

  /** Promises that cannot be tested here. */
  default Set<Promise> untestable() {
    return Set.of();
  }
}
