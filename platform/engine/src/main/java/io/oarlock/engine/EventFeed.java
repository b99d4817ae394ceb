package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One subscriber's way along the event log. Pulled, so that a slow subscriber costs nothing but its
 * own lag: the log is the buffer. Used by one thread at a time, but for {@link #close}.
 */
public interface EventFeed extends AutoCloseable {
  /**
   * Waits for events this subscriber may see.
   *
   * @return wire forms, oldest first, at most {@code limit}; empty when none came in time. A gap
   *     (events that retention took before they were read) is an element {@code
   *     {"kind":"Gap","from":…,"to":…}}.
   */
  List<Map<String, Object>> next(int limit, Duration wait) throws InterruptedException;

  /** Sequence after which it will go on; what a client gives to resume. */
  long position();

  /** Ends it, and a {@link #next} that waits; from any thread, and more than once. */
  @Override
  void close();

  /**
   * What a subscriber asks for.
   *
   * @param types names of resource types; empty for all
   * @param operations CREATE, UPDATE, DELETE; empty for all
   * @param filter on the object, in the text form
   * @param after sequence to go on after; empty for what happens from now on
   */
  record Request(
      NamespacePath namespace,
      boolean recursive,
      Set<String> types,
      Set<Operation> operations,
      Optional<String> filter,
      Optional<Long> after) {}
}
