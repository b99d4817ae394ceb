package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.FlowEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of connections: counted, the latest of them remembered. */
final class Flows implements FlowEvent.Journal {
  /** How many are remembered. */
  static final int KEPT_MAX = 200;

  private final InstantSource clock;
  private final Map<FlowEvent.Kind, Long> counts = new EnumMap<>(FlowEvent.Kind.class);
  private final ArrayDeque<Map<String, Object>> latest = new ArrayDeque<>();

  Flows(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void tell(FlowEvent event) {
    counts.merge(event.kind(), 1L, Long::sum);
    if (latest.size() >= KEPT_MAX) {
      latest.removeFirst();
    }
    var tree = new LinkedHashMap<String, Object>();
    tree.put("at", clock.instant().toString());
    tree.put("kind", word(event.kind()));
    tree.put("side", event.side().name().toLowerCase(Locale.ROOT));
    tree.put("unit", event.unit());
    tree.put("peer", event.peer());
    tree.put("address", String.valueOf(event.address()));
    tree.put("reason", event.reason());
    latest.addLast(tree);
  }

  private static String word(FlowEvent.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  synchronized Map<String, Object> counts() {
    var tree = new LinkedHashMap<String, Object>();
    for (var kind : FlowEvent.Kind.values()) {
      tree.put(word(kind), counts.getOrDefault(kind, 0L));
    }
    return tree;
  }

  /** The oldest first. */
  synchronized List<Map<String, Object>> latest() {
    return List.copyOf(latest);
  }
}
