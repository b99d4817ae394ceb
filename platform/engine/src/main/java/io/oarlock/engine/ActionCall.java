package io.oarlock.engine;

import io.oarlock.model.Action;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import java.util.Map;
import java.util.Optional;

/** An action asked of a resource ({@code id} present) or of a type. */
public record ActionCall(
    Action action,
    ResourceType type,
    NamespacePath namespace,
    Optional<String> id,
    Map<String, Object> body,
    Map<String, String> parameters,
    Call.Caller caller) {}
