package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An event before its commit gave it a place in the log.
 *
 * @param id unique for ever; what consumers remember to drop repeats
 * @param type name of the resource type
 * @param operation CREATE, UPDATE or DELETE
 * @param object the resource as it is now (as it was last, for DELETE), secrets masked
 * @param original the resource as it was before, for UPDATE
 * @param cause why it happened: kind, id, parent, depth, request, claims
 */
public record NewEvent(
    String id,
    Instant time,
    String type,
    Operation operation,
    NamespacePath namespace,
    String resourceId,
    Map<String, Object> object,
    Optional<Map<String, Object>> original,
    Map<String, Object> cause) {}
