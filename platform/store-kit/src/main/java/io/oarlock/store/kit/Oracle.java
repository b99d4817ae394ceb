package io.oarlock.store.kit;

import io.oarlock.model.Filters;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store should answer, as plain as can be: a map, a list, and a loop over all of it. */
final class Oracle {
  private Map<String, Document> documents = new HashMap<>();
  private final List<NewEvent> events = new ArrayList<>();

  List<NewEvent> events() {
    return events;
  }

  Optional<Document> get(String type, String id) {
    return Optional.ofNullable(documents.get(type + " " + id));
  }

  /** The reason the batch must be refused for; applied when there is none. */
  Optional<ConflictException.Reason> commit(Batch batch) {
    var before = documents;
    documents = new HashMap<>(before);
    for (var write : batch.writes()) {
      var reason = apply(write);
      if (reason.isPresent()) {
        documents = before;
        return reason;
      }
    }
    events.addAll(batch.events());
    return Optional.empty();
  }

  private Optional<ConflictException.Reason> apply(Batch.Write write) {
    var stored = documents.get(write.type() + " " + write.id());
    return switch (write) {
      case Batch.Write.Insert(var document) ->
          stored != null ? Optional.of(ConflictException.Reason.EXISTS) : put(document);
      case Batch.Write.Replace(var document, var expected) ->
          is(stored, expected) ? put(document) : Optional.of(ConflictException.Reason.VERSION);
      case Batch.Write.Put(var document) -> put(document);
      case Batch.Write.Remove(var type, var id, var expected) -> {
        if (expected != 0 && !is(stored, expected)) {
          yield Optional.of(ConflictException.Reason.VERSION);
        }
        documents.remove(type + " " + id);
        yield Optional.empty();
      }
      case Batch.Write.Check(var _, var _, var expected) ->
          expected == 0 ? met(stored == null) : met(is(stored, expected));
    };
  }

  private static boolean is(@Nullable Document stored, long version) {
    return stored != null && stored.version() == version;
  }

  private static Optional<ConflictException.Reason> met(boolean expectation) {
    return expectation ? Optional.empty() : Optional.of(ConflictException.Reason.VERSION);
  }

  private Optional<ConflictException.Reason> put(Document document) {
    var name = document.body().get("name");
    for (var other : documents.values()) {
      if (document.type().equals(Things.THING)
          && other.type().equals(Things.THING)
          && !other.id().equals(document.id())
          && other.namespace().equals(document.namespace())
          && name != null
          && name.equals(other.body().get("name"))) {
        return Optional.of(ConflictException.Reason.UNIQUE);
      }
    }
    documents.put(document.type() + " " + document.id(), document);
    return Optional.empty();
  }

  /** All that match, in order, whatever the limit. */
  List<Document> list(Query query) {
    var matches = Filters.predicate(query.filter());
    return documents.values().stream()
        .filter(document -> document.type().equals(query.type()))
        .filter(document -> inScope(document, query.scope()))
        .filter(document -> matches.test(document.body()))
        .sorted(order(query))
        .toList();
  }

  private static boolean inScope(Document document, Query.Scope scope) {
    var at = document.namespace();
    return switch (scope) {
      case Query.Scope.Everywhere _ -> true;
      case Query.Scope.Only(var namespace) -> at.equals(namespace);
      case Query.Scope.Below(var namespace) -> namespace.contains(at);
      case Query.Scope.WithPropagated(var namespace, var recursive, var hidden) ->
          (recursive ? namespace.contains(at) : namespace.equals(at))
              || (at.isAbove(namespace)
                  && Objects.equals(document.body().get("propagate"), true)
                  && (hidden || !Objects.equals(document.body().get("propagationHidden"), true)));
    };
  }

  private static Comparator<Document> order(Query query) {
    Comparator<Document> order = (_, _) -> 0;
    var descending = false;
    for (var key : query.order()) {
      Comparator<Document> next =
          (a, b) -> compare(a.body().get(key.attribute()), b.body().get(key.attribute()));
      descending = key.descending();
      order = order.thenComparing(descending ? next.reversed() : next);
    }
    var byId = Comparator.comparing(Document::id);
    return order.thenComparing(descending ? byId.reversed() : byId);
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a instanceof String text ? text.compareTo((String) b) : Long.compare((Long) a, (Long) b);
  }
}
