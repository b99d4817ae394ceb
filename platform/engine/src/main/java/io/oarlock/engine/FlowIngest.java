package io.oarlock.engine;

import io.oarlock.model.Instants;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what enforcers tell of connections. A batch is one commit: a document for each flow, and an
 * event for each that was rejected. The ids come from the name of the batch, so one that is sent
 * again finds itself there already.
 */
final class FlowIngest {
  static final String TYPE = "flowreport";

  /** How far ahead of this node the clock of a host may be. */
  static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  /** Tries of a commit while the namespace is being changed. */
  private static final int TRIES_MAX = 5;

  private final Journal journal;
  private final Namespaces namespaces;
  private final ResourceType type;
  private final Clock clock;
  private final FlowBudget budget;

  FlowIngest(Journal journal, Namespaces namespaces, ResourceType type, Clock clock) {
    this.journal = journal;
    this.namespaces = namespaces;
    this.type = type;
    this.clock = clock;
    this.budget = new FlowBudget(clock);
  }

  /** Keeps a batch of the enforcer that calls. */
  Map<String, Object> take(Document enforcer, ActionCall call) {
    var flows = flows(call.body());
    var now = clock.instant();
    flows.forEach(flow -> requireWindow(flow, now));
    budget.take(enforcer.id(), flows.size());
    var batch = Trees.required(call.body(), "batch");
    var documents = new ArrayList<Document>(flows.size());
    for (var i = 0; i < flows.size(); i++) {
      documents.add(document(enforcer, batch + "/" + i, flows.get(i), now));
    }
    commit(enforcer.namespace(), documents, Answers.cause(call.caller()), now);
    return Map.of("taken", (long) documents.size());
  }

  private static List<Map<String, Object>> flows(Map<String, Object> body) {
    return body.get("flows") instanceof List<?> list
        ? list.stream().map(Trees::object).toList()
        : List.of();
  }

  private static void requireWindow(Map<String, Object> flow, Instant now) {
    var start = Trees.instant(flow, "startTime").orElseThrow();
    var end = Trees.instant(flow, "endTime").orElseThrow();
    if (end.isBefore(start) || end.isAfter(now.plus(AHEAD_MAX))) {
      throw Problem.malformed(
          "A window from %s to %s ends before it begins, or in the future; it is %s here, so set the clock of the host"
              .formatted(start, end, Instants.text(now)));
    }
  }

  private Document document(Document enforcer, String name, Map<String, Object> flow, Instant now) {
    var time = Instants.text(now);
    var id = Ids.of(Trees.instant(flow, "endTime").orElseThrow(), enforcer.id() + "/" + name);
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("namespace", enforcer.namespace().value());
    body.put("createTime", time);
    body.put("updateTime", time);
    body.putAll(flow);
    body.put("enforcerId", enforcer.id());
    return new Document(TYPE, id, enforcer.namespace(), 1, body, type.retention().map(now::plus));
  }

  private void commit(
      NamespacePath namespace, List<Document> documents, Map<String, Object> cause, Instant now) {
    for (var tries = 1; ; tries++) {
      namespaces.require(namespace);
      var batch = Batch.builder();
      namespaces.stillThere(namespace).ifPresent(batch::write);
      for (var document : documents) {
        batch.write(new Batch.Write.Insert(document));
        if ("Reject".equals(document.body().get("action"))) {
          batch.event(event(document, cause, now));
        }
      }
      try {
        journal.commit(batch.build());
        return;
      } catch (ConflictException e) {
        if (e.reason() == ConflictException.Reason.EXISTS) {
          return; // taken before; the answer did not arrive
        }
        if (tries == TRIES_MAX) {
          throw Problem.conflict(
              "namespace-in-motion",
              "The namespace " + namespace + " is being changed; send the batch again");
        }
        namespaces.refresh();
      }
    }
  }

  private static NewEvent event(Document document, Map<String, Object> cause, Instant now) {
    return new NewEvent(
        Ids.at(now),
        now,
        TYPE,
        Operation.CREATE,
        document.namespace(),
        document.id(),
        document.body(),
        Optional.empty(),
        cause);
  }
}
