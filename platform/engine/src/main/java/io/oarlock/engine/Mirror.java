package io.oarlock.engine;

import io.oarlock.store.Document;
import io.oarlock.store.Query;
import io.oarlock.store.ResourceStore;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * All resources of one type in memory, in the form the engine decides with; kept fresh by the
 * {@link Journal} from what this node commits and from the log for what others do.
 *
 * @param <T> the form, made once for each version of a resource
 */
final class Mirror<T> {
  private final ResourceStore store;
  private final String type;
  private final BiFunction<Document, Map<String, Object>, T> read;
  private final Map<String, T> byId = new ConcurrentHashMap<>();
  private final AtomicLong epoch = new AtomicLong();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

  Mirror(ResourceStore store, String type, BiFunction<Document, Map<String, Object>, T> read) {
    this.store = store;
    this.type = type;
    this.read = read;
  }

  String type() {
    return type;
  }

  /** Reads everything there is. */
  void load() {
    Optional<String> after = Optional.empty();
    do {
      var page = store.list(Query.all(type, new Query.Scope.Everywhere()).after(after));
      page.documents().forEach(d -> byId.put(d.id(), read.apply(d, d.body())));
      after = page.next();
    } while (after.isPresent());
    changed();
  }

  /** Takes in what is stored of that id now; one at a time, so that the newest read stays. */
  synchronized void refresh(String id) {
    var document = store.get(type, id);
    if (document.isPresent()) {
      byId.put(id, read.apply(document.get(), document.get().body()));
    } else {
      byId.remove(id);
    }
    changed();
  }

  private void changed() {
    epoch.incrementAndGet();
    listeners.forEach(Runnable::run);
  }

  /** Calls back after each change. */
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  Collection<T> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  Optional<T> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Grows with every change, so that what was derived can be told stale. */
  long epoch() {
    return epoch.get();
  }
}
