package io.oarlock.engine;

import io.oarlock.model.Filter;
import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows that tell of messages to hooks and of each attempt. */
final class Deliveries {
  static final String TYPE = "delivery";

  /** Names the line a message waits in, while it does. */
  static final String IN_ORDER = "inOrder";

  private static final int ERROR_MAX = 1024;

  private final ResourceType type;
  private final Clock clock;

  /** Where a delivery stands, as on the wire. */
  enum Status {
    PENDING("Pending"),
    DELIVERED("Delivered"),
    REFUSED("Refused"),
    FAILED("Failed"),
    PASSED_UNCHECKED("PassedUnchecked"),
    REVALIDATED("Revalidated"),
    REFUSED_LATER("RefusedLater"),
    DEAD_LETTERED("DeadLettered");

    final String wire;

    Status(String wire) {
      this.wire = wire;
    }
  }

  Deliveries(ResourceType type, Clock clock) {
    this.type = type;
    this.clock = clock;
  }

  /** A row without attempts yet, in the namespace of the hook. */
  Map<String, Object> row(Hook hook, HookMessage message, String endpoint) {
    var row = new LinkedHashMap<String, Object>();
    var now = Instants.text(clock.instant());
    row.put("id", message.id());
    row.put("namespace", hook.namespace().value());
    row.put("createTime", now);
    row.put("updateTime", now);
    row.put("sourceType", Hook.TYPE);
    row.put("source", hook.id());
    row.put("sourceName", hook.name());
    row.put("mode", message.pre() ? "Pre" : "Post");
    row.put("endpoint", endpoint);
    row.put("operation", message.operation());
    row.put("targetType", message.type());
    row.put("targetId", message.resourceId());
    Trees.text(message.input(), "name").ifPresent(name -> row.put("targetName", name));
    row.put("requestId", message.requestId());
    row.put("cause", Cause.brief(message.cause()));
    row.put("status", Status.PENDING.wire);
    row.put("attempts", List.of());
    return row;
  }

  /** The row of a message that is to be sent, with the message. */
  Document pending(Hook hook, HookMessage message, Event event, String publicUrl) {
    var row = row(hook, message, hook.endpoint().orElse(""));
    row.put("eventId", event.content().id());
    row.put("sequence", event.sequence());
    if (hook.ordered()) {
      row.put(IN_ORDER, line(hook, row));
    }
    row.put("nextAttemptAt", Instants.text(clock.instant()));
    row.put("message", message.cloudEvent(Hooks.source(publicUrl, hook)));
    return document(hook.namespace(), row, 1);
  }

  /** The rows of one hook with that status. */
  static Query of(NamespacePath namespace, String source, Status status) {
    var filter =
        new Filter.And(
            List.of(
                new Filter.Compare("status", Filter.Comparison.EQUAL, status.wire),
                new Filter.Compare("source", Filter.Comparison.EQUAL, source)));
    return Query.all(TYPE, new Query.Scope.Only(namespace)).where(filter);
  }

  /** The line in which the messages about one resource wait. */
  static String line(Hook hook, Map<String, Object> row) {
    return hook.id() + "/" + Trees.text(row, "targetId").orElse("");
  }

  static List<?> attempts(Document delivery) {
    return delivery.body().get("attempts") instanceof List<?> list ? list : List.of();
  }

  /** The next version of a row, changed now. */
  Document changed(Document before, Map<String, Object> row) {
    row.put("updateTime", Instants.text(clock.instant()));
    return document(before.namespace(), row, before.version() + 1);
  }

  /** The row as if its message had never been tried. */
  Map<String, Object> untried(Document delivery) {
    var row = new LinkedHashMap<>(delivery.body());
    row.put("status", Status.PENDING.wire);
    row.put("attempts", List.of());
    row.put("nextAttemptAt", Instants.text(clock.instant()));
    return row;
  }

  /** One attempt, as it stands in a row. */
  static Map<String, Object> attempt(
      int number,
      Instant at,
      Duration latency,
      Optional<Integer> status,
      Optional<String> error,
      Optional<String> response) {
    var attempt = new LinkedHashMap<String, Object>();
    attempt.put("number", (long) number);
    attempt.put("at", Instants.text(at));
    status.ifPresent(code -> attempt.put("statusCode", (long) code));
    attempt.put("latency", Duration.ofMillis(latency.toMillis()).toString());
    error.ifPresent(text ->
        attempt.put("error", text.length() <= ERROR_MAX ? text : text.substring(0, ERROR_MAX)));
    response.ifPresent(text -> attempt.put("response", text));
    return attempt;
  }

  Document document(NamespacePath namespace, Map<String, Object> row, long version) {
    return new Document(
        TYPE,
        Trees.required(row, "id"),
        namespace,
        version,
        row,
        type.retention().map(clock.instant()::plus));
  }
}
