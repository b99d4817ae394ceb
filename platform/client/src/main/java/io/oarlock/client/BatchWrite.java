package io.oarlock.client;

import io.oarlock.model.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One write of a batch.
 *
 * @param type singular name
 * @param id of what is changed; empty for what is new
 * @param body a tree; empty for a deletion
 * @param namespace in place of the client's
 * @param version refused as stale when the resource has another
 */
public record BatchWrite(
    Operation operation,
    String type,
    Optional<String> id,
    Map<String, ? extends @Nullable Object> body,
    Optional<String> namespace,
    OptionalLong version) {

  public static BatchWrite create(String type, Map<String, ? extends @Nullable Object> body) {
    return of(Operation.CREATE, type, Optional.empty(), body);
  }

  public static BatchWrite update(
      String type, String id, Map<String, ? extends @Nullable Object> body) {
    return of(Operation.UPDATE, type, Optional.of(id), body);
  }

  public static BatchWrite patch(
      String type, String id, Map<String, ? extends @Nullable Object> changes) {
    return of(Operation.PATCH, type, Optional.of(id), changes);
  }

  public static BatchWrite remove(String type, String id) {
    return of(Operation.DELETE, type, Optional.of(id), Map.of());
  }

  private static BatchWrite of(
      Operation operation,
      String type,
      Optional<String> id,
      Map<String, ? extends @Nullable Object> body) {
    return new BatchWrite(operation, type, id, body, Optional.empty(), OptionalLong.empty());
  }

  public BatchWrite in(String otherNamespace) {
    return new BatchWrite(operation, type, id, body, Optional.of(otherNamespace), version);
  }

  public BatchWrite ifVersion(long number) {
    return new BatchWrite(operation, type, id, body, namespace, OptionalLong.of(number));
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("operation", operation.wire());
    tree.put("type", type);
    id.ifPresent(text -> tree.put("id", text));
    namespace.ifPresent(text -> tree.put("namespace", text));
    version.ifPresent(number -> tree.put("version", number));
    if (operation != Operation.DELETE) {
      tree.put("body", body);
    }
    return tree;
  }
}
