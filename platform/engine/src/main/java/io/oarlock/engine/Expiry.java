package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Trait;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.Event;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.PriorityBlockingQueue;

/**
 * Deletes resources at their {@code expirationTime}, with an event like any deletion. Only times
 * are held in memory; what is due is looked at again before it is deleted.
 */
final class Expiry {
  private final Journal journal;
  private final ResourceStore store;
  private final ResourceModel model;
  private final Answers answers;
  private final Clock clock;
  private final PriorityBlockingQueue<Due> queue = new PriorityBlockingQueue<>();

  private record Due(Instant at, String type, String id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at.compareTo(other.at);
    }
  }

  Expiry(Journal journal, ResourceModel model, Answers answers, Clock clock) {
    this.journal = journal;
    this.store = journal.store();
    this.model = model;
    this.answers = answers;
    this.clock = clock;
  }

  void start() {
    model.types().stream().filter(type -> type.has(Trait.EXPIRING)).forEach(this::load);
    journal.follow(this::note);
  }

  private void load(ResourceType type) {
    Optional<String> after = Optional.empty();
    do {
      var page = store.list(Query.all(type.name(), new Query.Scope.Everywhere()).after(after));
      page.documents().forEach(d -> note(d.type(), d.id(), d.body()));
      after = page.next();
    } while (after.isPresent());
  }

  private void note(Event event) {
    var content = event.content();
    if (content.operation() != Operation.DELETE) {
      note(content.type(), content.resourceId(), content.object());
    }
  }

  private void note(String type, String id, Map<String, Object> body) {
    Trees.instant(body, "expirationTime").ifPresent(at -> queue.add(new Due(at, type, id)));
  }

  /** Deletes what is due by now; returns how many. */
  int sweep() {
    var now = clock.instant();
    var count = 0;
    for (var due = queue.peek(); due != null && !due.at().isAfter(now); due = queue.peek()) {
      queue.poll();
      if (remove(due, now)) {
        count++;
      }
    }
    return count;
  }

  private boolean remove(Due due, Instant now) {
    var document = store.get(due.type(), due.id());
    var isDue =
        document
            .flatMap(d -> Trees.instant(d.body(), "expirationTime"))
            .filter(at -> !at.isAfter(now));
    if (document.isEmpty() || isDue.isEmpty()) {
      return false;
    }
    try {
      journal.commit(batch(document.get(), now));
      return true;
    } catch (ConflictException e) {
      // It was written meanwhile; that write noted its own time.
      return false;
    }
  }

  private Batch batch(Document document, Instant now) {
    var type = model.require(document.type());
    return Batch.builder()
        .write(new Batch.Write.Remove(type.name(), document.id(), document.version()))
        .event(
            new NewEvent(
                Ids.at(now),
                now,
                type.name(),
                Operation.DELETE,
                document.namespace(),
                document.id(),
                answers.visible(type, document.body()),
                Optional.empty(),
                Cause.system("expiry").toTree()))
        .build();
  }
}
