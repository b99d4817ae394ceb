package io.oarlock.model;

import java.util.Optional;

/**
 * Something that can be asked of a resource beyond create, read, update and delete: {@code POST
 * /v1/automations/{id}/test}.
 *
 * @param name last part of the route
 * @param method GET or POST
 * @param doc what it does
 * @param onType whether it is asked of the type ({@code POST /v1/automations/preview}) rather than
 *     of one resource
 * @param permission the operation a caller needs on the type
 * @param input what the body holds
 * @param output what the answer holds
 */
public record Action(
    String name,
    String method,
    String doc,
    boolean onType,
    Operation permission,
    Optional<ValueType> input,
    Optional<ValueType> output) {}
