package io.oarlock.store.mongo;

import io.oarlock.store.ResourceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** What MongoDB explains, in the words of the store. */
final class Plans {
  private Plans() {}

  static ResourceStore.Plan read(Document explained) {
    var winning = explained.get("queryPlanner", Document.class).get("winningPlan");
    var indexes = new ArrayList<String>();
    var stages = new ArrayList<String>();
    var executed = new ArrayList<String>();
    collect(winning, "indexName", indexes);
    collect(winning, "stage", stages);
    collect(explained.get("executionStats"), "totalKeysExamined", executed);
    var scanned = executed.isEmpty() ? 0 : Long.parseLong(executed.getFirst());
    var index = indexes.isEmpty() ? "none" : String.join(" and ", indexes);
    return new ResourceStore.Plan(index, String.join(" of ", stages), List.of(), scanned);
  }

  private static void collect(@Nullable Object at, String name, List<String> found) {
    switch (at) {
      case Map<?, ?> map ->
          map.forEach((member, value) -> {
            if (name.equals(member)) {
              found.add(String.valueOf(value));
            } else {
              collect(value, name, found);
            }
          });
      case List<?> list -> list.forEach(each -> collect(each, name, found));
      case null, default -> {}
    }
  }
}
