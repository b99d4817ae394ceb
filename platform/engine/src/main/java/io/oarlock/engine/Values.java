package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code ctx.kv} of a script reads and changes. */
interface Values {
  /** Null when there is none. */
  @Nullable Object get(Automation automation, String key) throws HostCallException;

  void set(Automation automation, String key, @Nullable Object value, Optional<String> ttl)
      throws HostCallException;

  /** The value after it; what is not there counts as 0. */
  long increment(Automation automation, String key, long by, Optional<String> ttl)
      throws HostCallException;

  /** Whether the value was the expected one, and is the new one now. */
  boolean compareAndSet(
      Automation automation,
      String key,
      Optional<Object> expected,
      @Nullable Object value,
      Optional<String> ttl)
      throws HostCallException;

  /** Whether there was one. */
  boolean delete(Automation automation, String key) throws HostCallException;
}
