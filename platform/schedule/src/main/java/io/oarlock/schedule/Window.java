package io.oarlock.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** What is due soon, by id; guarded by itself. */
final class Window {
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<String, Due> byId = new HashMap<>();

  private record Due(Instant at, String id) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at.compareTo(other.at);
    }
  }

  /** Notes when something is due, in place of what was known of it. */
  synchronized void put(String id, Instant at) {
    var due = new Due(at, id);
    if (!due.equals(byId.put(id, due))) {
      queue.add(due);
    }
  }

  synchronized void remove(String id) {
    byId.remove(id);
  }

  synchronized void clear() {
    byId.clear();
    queue.clear();
  }

  /** Takes out what is due by then, the longest due first. */
  synchronized List<String> take(Instant now, int most) {
    var taken = new ArrayList<String>();
    while (taken.size() < most && first().filter(due -> !due.at().isAfter(now)).isPresent()) {
      var due = queue.remove();
      byId.remove(due.id());
      taken.add(due.id());
    }
    return taken;
  }

  /** When the first is due. */
  synchronized Optional<Instant> next() {
    return first().map(Due::at);
  }

  private Optional<Due> first() {
    var first = queue.peek();
    while (first != null && !first.equals(byId.get(first.id()))) {
      queue.remove();
      first = queue.peek();
    }
    return Optional.ofNullable(first);
  }
}
