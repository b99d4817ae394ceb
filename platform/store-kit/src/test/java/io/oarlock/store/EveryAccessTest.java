package io.oarlock.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.store.kit.RandomContract.Dice;
import io.oarlock.store.kit.Things;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The planner chooses by cost; each way must be right, also those that few documents never take.
 */
class EveryAccessTest {
  @TempDir Path directory;

  @Test
  void everyWayToTheDocumentsGivesTheSameAnswer() {
    var random = new Random(20261121);
    var taken = new HashSet<String>();
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      fill(store, random, 150);
      for (var i = 0; i < 600; i++) {
        var query = Dice.query(random);
        var first = sameAnswer(store, query, taken);
        if (first.next().isPresent()) {
          sameAnswer(store, query.after(first.next()), taken);
        }
      }
    }
    assertThat(taken)
        .contains("id, 1 run in order", "namespace,color,rank, 1 run in order")
        .anyMatch(way -> way.startsWith("namespace,rank, 6 runs in order"))
        .anyMatch(way -> way.startsWith("namespace,tags"))
        .anyMatch(way -> way.startsWith("namespace,spot.x"));
  }

  private static Page sameAnswer(EmbeddedStore store, Query query, Set<String> taken) {
    var answers = answers(store, query);
    var first = answers.values().iterator().next();
    answers.forEach((way, page) -> assertThat(page).as("%s for %s", way, query).isEqualTo(first));
    taken.addAll(answers.keySet());
    return first;
  }

  private static Map<String, Page> answers(EmbeddedStore store, Query query) {
    return store.peek((snapshot, catalog) -> {
      var answers = new LinkedHashMap<String, Page>();
      var type = catalog.require(query.type());
      for (var access : new Planner(snapshot, type, query).candidates()) {
        var page = new Reader(snapshot, type, query, 0).page(access);
        answers.put(access.name() + ", " + access.words(), page);
      }
      return answers;
    });
  }

  private static void fill(EmbeddedStore store, Random random, int count) {
    for (var i = 0; i < count; i++) {
      var thing = Dice.document(random, Things.THING, "id" + i, 1);
      try {
        store.commit(new Batch(List.of(Things.insert(thing)), List.of()));
      } catch (ConflictException e) {
        // The dice gave a name that is taken.
        assertThat(e.reason()).isEqualTo(ConflictException.Reason.UNIQUE);
      }
    }
  }
}
