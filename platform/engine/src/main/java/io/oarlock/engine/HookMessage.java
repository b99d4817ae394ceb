package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a hook is told: a CloudEvent 1.0 in its structured form.
 *
 * @param id the same however often it is sent
 * @param operation as on the wire
 * @param input the resource after the write; the one that goes, for a deletion
 * @param original the resource before the write
 */
record HookMessage(
    String id,
    boolean pre,
    Instant time,
    String operation,
    NamespacePath namespace,
    String type,
    String resourceId,
    Map<String, Object> input,
    Optional<Map<String, Object>> original,
    List<String> claims,
    String requestId,
    Map<String, Object> cause,
    boolean dryRun) {

  /** About a write that is about to happen, as readers would see it. */
  static HookMessage before(Write write, Map<String, Object> input, Answers answers) {
    var original = write.original.map(stored -> answers.visible(write.type, stored.body()));
    return new HookMessage(
        Ids.at(write.now),
        true,
        write.now,
        word(write),
        write.namespace,
        write.type.name(),
        write.id(),
        answers.visible(write.type, input),
        original,
        write.caller.principal().claims().stream().sorted().toList(),
        write.caller.origin().requestId(),
        write.caller.cause().toTree(),
        write.how.dryRun());
  }

  /** About a write that has happened; {@code id} is that of the delivery. */
  static HookMessage after(String id, NewEvent event) {
    var isDelete = event.operation() == io.oarlock.model.Operation.DELETE;
    return new HookMessage(
        id,
        false,
        event.time(),
        event.operation().wire(),
        event.namespace(),
        event.type(),
        event.resourceId(),
        event.object(),
        isDelete ? Optional.of(event.object()) : event.original(),
        Trees.texts(event.cause().get("claims")),
        Trees.text(event.cause(), "requestId").orElse(""),
        event.cause(),
        false);
  }

  /** About a write that had passed unchecked, with the resource as it is now. */
  static HookMessage again(
      Map<String, Object> row, Document current, Map<String, Object> object, Instant now) {
    return new HookMessage(
        Ids.at(now),
        true,
        now,
        Trees.text(row, "operation").orElse("Update"),
        current.namespace(),
        current.type(),
        current.id(),
        object,
        Optional.empty(),
        List.of(),
        Trees.text(row, "requestId").orElse(""),
        Trees.object(row.get("cause")),
        true);
  }

  /** The same with another object. */
  HookMessage with(Map<String, Object> object) {
    return new HookMessage(
        id,
        pre,
        time,
        operation,
        namespace,
        type,
        resourceId,
        object,
        original,
        claims,
        requestId,
        cause,
        dryRun);
  }

  /** The operation as hooks name it: a patch is an update. */
  static String word(Write write) {
    return switch (write.operation) {
      case CREATE -> "Create";
      case UPDATE, PATCH -> "Update";
      case DELETE -> "Delete";
      case GET, LIST, COUNT -> throw new IllegalStateException("A read is no write");
    };
  }

  /** The {@code data} of the CloudEvent. */
  Map<String, Object> data() {
    var data = new LinkedHashMap<String, Object>();
    data.put("operation", operation);
    data.put("mode", pre ? "Pre" : "Post");
    data.put("namespace", namespace.value());
    data.put("targetType", type);
    data.put("targetId", resourceId);
    data.put("input", input);
    data.put("original", original.orElse(null));
    data.put("claims", claims);
    data.put("requestId", requestId);
    data.put("depth", Trees.number(cause, "depth", 0));
    data.put("dryRun", dryRun);
    return data;
  }

  /**
   * What the script of an automation finds in {@code ctx.event}: the same data, and the names under
   * which other triggers give it, so that one function can serve both.
   */
  Map<String, Object> event() {
    var event = data();
    event.put("id", id);
    event.put("time", Instants.text(time));
    event.put("type", type);
    event.put("object", input);
    event.put("cause", Cause.brief(cause));
    return event;
  }

  /** The whole CloudEvent; {@code source} is the hook's own URL. */
  Map<String, Object> cloudEvent(String source) {
    var event = new LinkedHashMap<String, Object>();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("source", source);
    event.put("type", pre ? "io.oarlock.hook.pre" : "io.oarlock.hook.post");
    event.put("subject", type + "/" + resourceId);
    event.put("time", Instants.text(time));
    Cause.trace(cause).ifPresent(trace -> event.put(Cause.TRACEPARENT, trace));
    event.put("datacontenttype", "application/json");
    event.put("data", data());
    return event;
  }
}
