package io.oarlock.engine;

import io.oarlock.model.Masking;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What others get to see of a resource: in answers, in events. */
final class Answers {
  private final Masking masking;

  Answers(Masking masking) {
    this.masking = masking;
  }

  /** As readers see it. */
  Map<String, Object> visible(ResourceType type, Map<String, Object> tree) {
    return masking.forReaders(type, tree);
  }

  /** The answer to a write, with what is shown this once. */
  Answer written(Write write) {
    if (!write.puts()) {
      return new Answer.Gone(visible(write.type, write.resource));
    }
    var seen = visible(write.type, write.resource);
    if (!write.shownOnce.isEmpty()) {
      seen = new LinkedHashMap<>(seen);
      seen.putAll(write.shownOnce);
    }
    return new Answer.One(seen, write.creates());
  }

  NewEvent event(Write write) {
    var isUpdate = write.puts() && !write.creates();
    return new NewEvent(
        Ids.at(write.now),
        write.now,
        write.type.name(),
        write.creates() ? Operation.CREATE : isUpdate ? Operation.UPDATE : Operation.DELETE,
        write.namespace,
        write.id(),
        visible(write.type, write.resource),
        isUpdate
            ? write.original.map(Document::body).map(body -> visible(write.type, body))
            : Optional.empty(),
        cause(write.caller));
  }

  /** The event of a change that did not come through the pipeline. */
  NewEvent updated(
      ResourceType type, Document before, Document after, Call.Caller caller, Instant now) {
    return new NewEvent(
        Ids.at(now),
        now,
        type.name(),
        Operation.UPDATE,
        after.namespace(),
        after.id(),
        visible(type, after.body()),
        Optional.of(visible(type, before.body())),
        cause(caller));
  }

  /** The event of a write that another write brings along. */
  static NewEvent alongside(Write write, Operation operation, Document document) {
    return new NewEvent(
        Ids.at(write.now),
        write.now,
        document.type(),
        operation,
        document.namespace(),
        document.id(),
        document.body(),
        Optional.empty(),
        cause(write.caller));
  }

  static Map<String, Object> cause(Call.Caller caller) {
    var cause = new LinkedHashMap<>(caller.cause().toTree());
    cause.put("requestId", caller.origin().requestId());
    caller.origin().traceparent().ifPresent(t -> cause.put(Cause.TRACEPARENT, t));
    caller.origin().address().ifPresent(a -> cause.put("address", a));
    cause.put("claims", caller.principal().claims().stream().sorted().toList());
    return cause;
  }
}
