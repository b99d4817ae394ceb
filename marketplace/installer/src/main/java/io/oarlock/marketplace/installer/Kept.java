package io.oarlock.marketplace.installer;

import io.oarlock.json.Json;
import io.oarlock.spi.TypeWrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the automations of an installation keep between their runs, remembered when it is changed
 * and brought back when it goes back. By name, since an automation that comes again has another id.
 *
 * @param byAutomation values of each automation, as they are stored
 */
record Kept(Map<String, List<Map<String, Object>>> byAutomation) {
  /** Most values that are remembered: they stand in the installation. */
  static final int VALUES_MAX = 200;

  /** Most bytes of them as JSON. */
  static final int BYTES_MAX = 512 * 1024;

  private static final String AUTOMATION = "automation";
  private static final String ENTRY = "kventry";

  /** As it is now; empty when it is too much to be remembered. */
  static Optional<Kept> now(TypeWrite write, List<Resources.Made> made) {
    var found = new LinkedHashMap<String, List<Map<String, Object>>>();
    for (var each : made) {
      if (each.type().equals(AUTOMATION)) {
        found.put(each.name(), write.stored(ENTRY, write.namespace(), AUTOMATION, each.id()));
      }
    }
    var kept = new Kept(found);
    return kept.count() <= VALUES_MAX && Json.write(kept.tree()).length <= BYTES_MAX
        ? Optional.of(kept)
        : Optional.empty();
  }

  /** As an installation remembers it. */
  static Kept of(Map<?, ?> tree) {
    var found = new LinkedHashMap<String, List<Map<String, Object>>>();
    tree.forEach((name, values) -> found.put(String.valueOf(name), maps(values)));
    return new Kept(found);
  }

  @SuppressWarnings("unchecked") // written by tree()
  private static List<Map<String, Object>> maps(Object values) {
    return (List<Map<String, Object>>) values;
  }

  int count() {
    return byAutomation.values().stream().mapToInt(List::size).sum();
  }

  Map<String, Object> tree() {
    var tree = new LinkedHashMap<String, Object>();
    byAutomation.forEach((name, values) -> tree.put(name, new ArrayList<Object>(values)));
    return tree;
  }

  /** Automations that were not there then keep what they have. */
  void bringBack(TypeWrite write, List<Resources.Made> made) {
    for (var each : made) {
      if (each.type().equals(AUTOMATION)) {
        Optional.ofNullable(byAutomation.get(each.name()))
            .ifPresent(values -> write.keep(each.id(), values));
      }
    }
  }
}
