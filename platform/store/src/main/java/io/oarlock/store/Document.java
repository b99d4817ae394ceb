package io.oarlock.store;

import static java.util.Objects.requireNonNull;

import io.oarlock.model.NamespacePath;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One stored resource. Its body is the tree form, complete: {@code id}, {@code namespace} and
 * {@code version} stand in it too.
 *
 * @param type name of the resource type
 * @param id unique within the type
 * @param version 1 at creation, one more at each write
 * @param expiresAt when the store may remove it by itself
 */
public record Document(
    String type,
    String id,
    NamespacePath namespace,
    long version,
    Map<String, Object> body,
    Optional<Instant> expiresAt) {
  public Document {
    requireNonNull(type, "type is null");
    requireNonNull(id, "id is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(body, "body is null");
  }
}
