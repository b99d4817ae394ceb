package io.oarlock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oarlock.model.Filter;
import io.oarlock.model.Filters;
import io.oarlock.store.kit.Things;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Totals over many documents are about right, and never claim to be exact. */
final class EstimateTest {
  private static final int COUNT = 6000;
  private static final int BATCH = 500;

  // The bound that holds for 19 of 20 samples.
  private static final double TOLERANCE = 0.13;

  @TempDir private static Path directory;
  private static EmbeddedStore store;

  @BeforeAll
  static void fill() {
    store = EmbeddedStore.open(directory, Things.model());
    for (var first = 0; first < COUNT; first += BATCH) {
      var writes = IntStream.range(first, first + BATCH).mapToObj(EstimateTest::insert).toList();
      store.commit(new Batch(writes, List.of()));
    }
  }

  // Of 20 in a row: 10 are red, 5 open, 4 of them both; all in two namespaces in turn.
  private static Batch.Write insert(int i) {
    return Things.insert(
        Things.thing(
            "id%05d".formatted(i * 7919 % COUNT),
            i % 3 == 0 ? "/a" : "/a/b",
            "color",
            i % 20 < 10 ? "red" : "blue",
            "tags",
            i % 4 == 0 ? List.of("x", "y") : List.of("x"),
            "open",
            i % 20 < 4 || i % 20 == 15));
  }

  @AfterAll
  static void close() {
    store.close();
  }

  private static final Filter OPEN = Things.equal("open", true);

  @Test
  void anIndexThatKnowsTheNumberMakesItExact() {
    assertThat(total(Things.equal("color", "red")))
        .isEqualTo(ResourceStore.Total.exactly(COUNT / 2));
  }

  @Test
  void aConditionBesideTheIndexIsEstimated() {
    isAbout(Filters.and(List.of(Things.equal("color", "red"), OPEN)), COUNT / 5, COUNT / 2);
  }

  @Test
  void aConditionWithoutAnIndexIsEstimated() {
    isAbout(OPEN, COUNT / 4, COUNT);
  }

  @Test
  void aDocumentWithTwoOfTheValuesCountsOnce() {
    var tagged = new Filter.In("tags", List.of("x", "y"));
    isAbout(Filters.and(List.of(tagged, OPEN)), COUNT / 4, 5 * COUNT / 4);
  }

  private static void isAbout(Filter filter, int expected, int keys) {
    assertThat(store.count(query(filter))).isEqualTo(expected);
    var total = total(filter);
    assertThat(total.exact()).isFalse();
    assertThat((double) total.count()).isCloseTo(expected, within(TOLERANCE * keys));
    assertThat(total(filter)).as("asked again").isEqualTo(total);
  }

  private static ResourceStore.Total total(Filter filter) {
    return store.total(query(filter));
  }

  private static Query query(Filter filter) {
    return Things.things(Things.below("/a")).where(filter);
  }
}
