package io.oarlock.engine;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deleting a namespace removes all at and below it, in bounded steps. It is gone for callers from
 * the first step on: it is marked, and what is marked is not found. A crash between steps loses
 * nothing: whoever starts next goes on with what is marked.
 */
final class Deletions {
  private static final int STEP = 200;
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final Journal journal;
  private final ResourceStore store;
  private final ResourceModel model;
  private final Namespaces namespaces;
  private final Answers answers;
  private final Clock clock;
  private Instant nextSweep = Instant.MIN;

  Deletions(
      Journal journal, ResourceModel model, Namespaces namespaces, Answers answers, Clock clock) {
    this.journal = journal;
    this.store = journal.store();
    this.model = model;
    this.namespaces = namespaces;
    this.answers = answers;
    this.clock = clock;
  }

  /** Marks the namespace, then removes all that is in it. */
  void delete(Document namespace, Call.Caller caller) {
    var marked = new java.util.LinkedHashMap<>(namespace.body());
    marked.put(Namespaces.DELETING, true);
    marked.put("version", namespace.version() + 1);
    var document =
        new Document(
            namespace.type(),
            namespace.id(),
            namespace.namespace(),
            namespace.version() + 1,
            marked,
            Optional.empty());
    store.commit(
        Batch.builder().write(new Batch.Write.Replace(document, namespace.version())).build());
    namespaces.refresh();
    finish(document, Answers.cause(caller));
  }

  /** Goes on with what was interrupted, looked for now and then. */
  void sweep() {
    var now = clock.instant();
    if (now.isBefore(nextSweep)) {
      return;
    }
    nextSweep = now.plus(PERIOD);
    if (namespaces.anyGoing()) {
      resume();
    }
  }

  /** Goes on with what a crash interrupted. */
  void resume() {
    for (var document : marked()) {
      finish(document, Cause.system("namespace-deletion").toTree());
    }
  }

  private List<Document> marked() {
    var found = new ArrayList<Document>();
    Optional<String> after = Optional.empty();
    do {
      var query = Query.all(Namespaces.TYPE, new Query.Scope.Everywhere()).after(after);
      var page = store.list(query);
      page.documents().stream()
          .filter(document -> Trees.truth(document.body(), Namespaces.DELETING))
          .forEach(found::add);
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  private void finish(Document namespace, Map<String, Object> cause) {
    var path = NamespacePath.of(Trees.required(namespace.body(), "name"));
    InternalTypes.IN_NAMESPACES.forEach(type -> empty(type, path, cause));
    for (var type : model.types()) {
      if (type.has(Trait.STORED) && !type.name().equals(Namespaces.TYPE)) {
        empty(type, path, cause);
      }
    }
    empty(model.require(Namespaces.TYPE), path, cause);
    remove(List.of(namespace), model.require(Namespaces.TYPE), cause);
  }

  private void empty(ResourceType type, NamespacePath path, Map<String, Object> cause) {
    var query = Query.all(type.name(), new Query.Scope.Below(path)).limit(STEP);
    for (var page = store.list(query); !page.documents().isEmpty(); page = store.list(query)) {
      remove(page.documents(), type, cause);
    }
  }

  private void remove(List<Document> documents, ResourceType type, Map<String, Object> cause) {
    var batch = Batch.builder();
    for (var document : documents) {
      batch.write(new Batch.Write.Remove(type.name(), document.id(), 0));
      if (!Silent.TYPES.contains(type.name())) {
        batch.event(event(document, type, cause));
      }
    }
    try {
      journal.commit(batch.build());
    } catch (ConflictException e) {
      // Somebody removed one of them meanwhile: the next look at the namespace shows what is left.
      namespaces.refresh();
    }
  }

  private NewEvent event(Document document, ResourceType type, Map<String, Object> cause) {
    return new NewEvent(
        Ids.next(),
        clock.instant(),
        type.name(),
        Operation.DELETE,
        document.namespace(),
        document.id(),
        answers.visible(type, document.body()),
        Optional.empty(),
        cause);
  }
}
