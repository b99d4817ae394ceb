package io.oarlock.client;

import java.util.Map;
import java.util.Optional;

/**
 * What became of one write of a batch.
 *
 * @param status 201, 200 or 204
 * @param resource its tree; empty for a deletion
 */
public record BatchResult(int status, Optional<Map<String, Object>> resource) {
  static BatchResult of(Map<String, Object> tree) {
    return new BatchResult(
        Math.toIntExact(Trees.number(tree, "status")),
        Optional.ofNullable(tree.get("resource")).map(Trees::object));
  }
}
