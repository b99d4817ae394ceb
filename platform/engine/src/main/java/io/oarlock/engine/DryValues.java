package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What dry runs change of the values that an automation keeps, beside those that are stored: later
 * reads see it, and nothing is written. Safe for several threads.
 */
final class DryValues implements Values {
  /** Most values that are changed. */
  static final int CHANGED_MAX = 1000;

  /** Most bytes of them as JSON, all together. */
  static final int BYTES_MAX = 4 * 1024 * 1024;

  private final Values stored;
  private final InstantSource clock;
  private final Map<String, Changed> changed = new HashMap<>();
  private int bytes;

  /** A changed value; null when it was deleted. */
  private record Changed(@Nullable Object value, Optional<Instant> until, int bytes) {}

  /**
   * Nothing is changed yet.
   *
   * @param clock tells when a value with a time to live has ended
   */
  DryValues(Values stored, InstantSource clock) {
    this.stored = stored;
    this.clock = clock;
  }

  @Override
  public synchronized @Nullable Object get(Automation automation, String key)
      throws HostCallException {
    var known = changed.get(key);
    if (known == null) {
      return stored.get(automation, key);
    }
    var hasEnded = known.until().filter(end -> !clock.instant().isBefore(end)).isPresent();
    return hasEnded ? null : known.value();
  }

  @Override
  public synchronized void set(
      Automation automation, String key, @Nullable Object value, Optional<String> ttl)
      throws HostCallException {
    KeyValues.requireKey(key);
    var size = KeyValues.requireSize(value);
    var before = changed.get(key);
    var total = bytes + size - (before == null ? 0 : before.bytes());
    if (total > BYTES_MAX || (before == null && changed.size() >= CHANGED_MAX)) {
      throw new HostCallException(
          "too-large",
          "Dry runs keep at most " + CHANGED_MAX + " values of " + BYTES_MAX + " bytes in all");
    }
    changed.put(key, new Changed(value, KeyValues.expiry(ttl, clock.instant()), size));
    bytes = total;
  }

  @Override
  public synchronized long increment(
      Automation automation, String key, long by, Optional<String> ttl) throws HostCallException {
    var before = get(automation, key) instanceof Number number ? number.longValue() : 0;
    var after = Math.addExact(before, by);
    set(automation, key, after, ttl);
    return after;
  }

  @Override
  public synchronized boolean compareAndSet(
      Automation automation,
      String key,
      Optional<Object> expected,
      @Nullable Object value,
      Optional<String> ttl)
      throws HostCallException {
    if (!Objects.equals(Optional.ofNullable(get(automation, key)), expected)) {
      return false;
    }
    set(automation, key, value, ttl);
    return true;
  }

  @Override
  public synchronized boolean delete(Automation automation, String key) throws HostCallException {
    var isThere = get(automation, key) != null;
    set(automation, key, null, Optional.empty());
    return isThere;
  }
}
