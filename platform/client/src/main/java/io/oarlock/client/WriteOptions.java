package io.oarlock.client;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How to write.
 *
 * @param isDryRun does everything but store it, Pre hooks included
 * @param isOverriding changes or deletes what is protected
 * @param idempotencyKey of a creation: the same key gets the same resource, not a second one; one
 *     is made up when empty, so that retries are safe
 * @param ifVersion of a change: refused as stale when the resource has another version
 */
public record WriteOptions(
    boolean isDryRun,
    boolean isOverriding,
    Optional<String> idempotencyKey,
    OptionalLong ifVersion) {
  /** As most writes are. */
  public static final WriteOptions USUAL =
      new WriteOptions(false, false, Optional.empty(), OptionalLong.empty());

  public WriteOptions dryRun() {
    return new WriteOptions(true, isOverriding, idempotencyKey, ifVersion);
  }

  public WriteOptions override() {
    return new WriteOptions(isDryRun, true, idempotencyKey, ifVersion);
  }

  public WriteOptions key(String key) {
    return new WriteOptions(isDryRun, isOverriding, Optional.of(key), ifVersion);
  }

  public WriteOptions ifVersion(long version) {
    return new WriteOptions(isDryRun, isOverriding, idempotencyKey, OptionalLong.of(version));
  }

  Map<String, Object> query() {
    return Map.of("dryRun", isDryRun, "override", isOverriding);
  }

  void requireNoVersion() {
    if (ifVersion.isPresent()) {
      throw new IllegalArgumentException("ifVersion is of changes: what is new has no version");
    }
  }

  void requireNoKey() {
    if (idempotencyKey.isPresent()) {
      throw new IllegalArgumentException("An idempotency key is of creations; see ifVersion");
    }
  }
}
