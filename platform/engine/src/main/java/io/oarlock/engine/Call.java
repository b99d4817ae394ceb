package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operation asked of the engine, by whatever way it came.
 *
 * @param id of the resource, or {@code name:NAME}; empty for CREATE, LIST and COUNT
 * @param body the resource (CREATE, UPDATE) or a merge patch (PATCH); empty otherwise
 */
public record Call(
    Operation operation,
    ResourceType type,
    NamespacePath namespace,
    Optional<String> id,
    Map<String, Object> body,
    Reading reading,
    Writing writing,
    Caller caller) {

  /** Refuses what nobody can do with resources of its type. */
  void requireOffered() {
    if (!type.allows(operation)) {
      throw new Problem(
          Problem.Kind.METHOD_NOT_ALLOWED,
          "operation-not-allowed",
          "Not an operation of this type",
          "Nobody can " + operation.permission() + " a " + type.name(),
          List.of());
    }
  }

  /** Whether one commit can hold it together with others. */
  boolean fitsInBatch() {
    return operation.writes()
        && type.has(Trait.STORED)
        && type.allows(operation)
        && !(type.name().equals(Namespaces.TYPE) && operation == Operation.DELETE);
  }

  /** The same, without its effect. */
  Call dry() {
    var dry = new Writing(writing.ifMatch(), Optional.empty(), true, writing.override());
    return new Call(operation, type, namespace, id, body, reading, dry, caller);
  }

  /** Who calls, from where, and as part of what. */
  public record Caller(Principal principal, Cause cause, Origin origin) {}

  /**
   * Where a call came from.
   *
   * @param requestId stands in answers, events and logs
   * @param traceparent W3C trace context, when the caller sent one
   * @param address of the caller; empty for the platform itself
   */
  public record Origin(String requestId, Optional<String> traceparent, Optional<String> address) {
    /** The same as part of a trace, if there is one. */
    public Origin in(Optional<String> trace) {
      return trace.isEmpty() ? this : new Origin(requestId, trace, address);
    }
  }

  /**
   * What a list shows.
   *
   * @param filter in the text form, see FilterParser
   * @param order attribute names, {@code -} in front for descending
   * @param fields attributes to show; empty for all
   * @param limit page size; empty for the default of 100
   * @param page from 1, for callers that page by number; not together with {@code after}
   * @param exactTotal count all that match, however many documents must be looked at
   */
  public record Reading(
      boolean recursive,
      boolean propagated,
      Optional<String> filter,
      List<String> order,
      List<String> fields,
      Optional<Integer> limit,
      Optional<String> after,
      Optional<Integer> page,
      boolean exactTotal,
      boolean explain) {
    /** Everything of one namespace, first page. */
    public static final Reading DEFAULT =
        new Reading(
            false,
            false,
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false);
  }

  /**
   * How a write is done.
   *
   * @param ifMatch the version the caller saw; another one stored refuses the write as stale
   * @param idempotencyKey a repeat with the same key and body gets the first answer
   * @param dryRun everything but the commit
   * @param override whether a protected resource may be changed
   */
  public record Writing(
      Optional<Long> ifMatch, Optional<String> idempotencyKey, boolean dryRun, boolean override) {
    /** Nothing special. */
    public static final Writing DEFAULT =
        new Writing(Optional.empty(), Optional.empty(), false, false);
  }
}
