package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Refused writes in the audit trail. Written now and then, many at once: a refusal must not cost a
 * stranger's call a durable write. What does not fit is counted.
 */
final class Refusals {
  private static final int WAITING_MAX = 2000;
  private static final int STEP = 500;

  private final ResourceStore store;
  private final ResourceType activity;
  private final Clock clock;
  private final ArrayBlockingQueue<Document> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final AtomicLong dropped = new AtomicLong();

  Refusals(ResourceStore store, ResourceType activity, Clock clock) {
    this.store = store;
    this.activity = activity;
    this.clock = clock;
  }

  /** Notes a refusal of something that would have changed the platform. */
  void note(Call call, Problem problem) {
    var isRight = problem.kind() == Problem.Kind.FORBIDDEN;
    if (call.operation().writes() && isRight && !waiting.offer(document(call, problem))) {
      dropped.incrementAndGet();
    }
  }

  long dropped() {
    return dropped.get();
  }

  private Document document(Call call, Problem problem) {
    var now = clock.instant();
    var id = Ids.at(now);
    var caller = call.caller();
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", call.namespace().value());
    body.put("createTime", Instants.text(now));
    body.put("updateTime", Instants.text(now));
    body.put("operation", call.operation().wire());
    body.put("outcome", "Refused");
    body.put("targetType", call.type().name());
    call.id().ifPresent(target -> body.put("targetId", RunLog.cut(target, 60)));
    body.put("claims", caller.principal().claims().stream().sorted().toList());
    body.put("diff", List.of());
    body.put("code", problem.code());
    body.put("message", RunLog.cut(problem.detail(), 4000));
    body.put("requestId", caller.origin().requestId());
    caller.origin().address().ifPresent(address -> body.put("source", address));
    body.put("cause", caller.cause().toTree());
    return new Document(
        activity.name(), id, call.namespace(), 1, body, activity.retention().map(now::plus));
  }

  /** Writes what waits. */
  void sweep() {
    var some = new ArrayList<Document>();
    while (waiting.drainTo(some, STEP) > 0) {
      var batch = Batch.builder();
      some.forEach(document -> batch.write(new Batch.Write.Put(document)));
      store.commit(batch.build());
      some.clear();
    }
  }
}
