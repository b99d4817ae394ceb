package io.oarlock.store.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Filter;
import io.oarlock.model.NamespacePath;
import io.oarlock.store.Batch;
import io.oarlock.store.ConflictException;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import io.oarlock.store.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random batches and queries, answered the way the {@link Oracle} answers them. The values are few,
 * so that ids, names and versions collide all the time.
 */
public interface RandomContract extends StoreUnderTest {
  /** Batches in one run. */
  default int steps() {
    return 250;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261121, 77})
  default void theStoreAnswersLikeAPlainMap(long seed) {
    var random = new Random(seed);
    var oracle = new Oracle();
    for (var step = 0; step < steps(); step++) {
      var context = "seed " + seed + ", step " + step;
      var batch = Dice.batch(random, oracle);
      assertThat(outcome(batch)).as(context).isEqualTo(oracle.commit(batch));
      if (step % 3 == 0) {
        sameAnswers(Dice.query(random), oracle, context);
      }
    }
    assertThat(store().events().read(0, 10_000))
        .extracting(event -> event.content())
        .isEqualTo(oracle.events());
    reopened();
    sameAnswers(Query.all(Things.THING, Things.everywhere()), oracle, "reopened");
  }

  private Optional<ConflictException.Reason> outcome(Batch batch) {
    try {
      store().commit(batch);
      return Optional.empty();
    } catch (ConflictException e) {
      return Optional.of(e.reason());
    }
  }

  private void sameAnswers(Query query, Oracle oracle, String context) {
    var expected = oracle.list(query);
    var found = new ArrayList<Document>();
    var cursor = Optional.<String>empty();
    do {
      var page = store().list(query.after(cursor));
      found.addAll(page.documents());
      cursor = page.next();
    } while (cursor.isPresent());
    var what = context + ", " + query;
    assertThat(found).as(what).isEqualTo(expected);
    assertThat(store().count(query)).as(what).isEqualTo(expected.size());
    for (var document : expected) {
      assertThat(store().get(document.type(), document.id())).as(what).contains(document);
    }
  }

  /** Throws the dice. */
  final class Dice {
    private static final List<String> NAMESPACES =
        List.of("/", "/a", "/a/b", "/a/b/c", "/a-b", "/d");
    private static final List<String> COLORS = List.of("red", "green", "blue", "", "re", "réd");
    private static final List<String> ORDERS = List.of("rank", "-rank", "color", "-color", "name");

    private Dice() {}

    static Batch batch(Random random, Oracle oracle) {
      var writes = new ArrayList<Batch.Write>();
      var events = new ArrayList<NewEvent>();
      for (var i = 1 + random.nextInt(4); i > 0; i--) {
        writes.add(write(random, oracle));
        events.add(Things.event("e"));
      }
      return new Batch(writes, events);
    }

    private static Batch.Write write(Random random, Oracle oracle) {
      var type = random.nextInt(5) == 0 ? Things.NOTE : Things.THING;
      var id = "id" + random.nextInt(30);
      var version = oracle.get(type, id).map(Document::version).orElse(0L);
      var expected = random.nextInt(6) == 0 ? version + 1 : version;
      var document = document(random, type, id, version + 1);
      return switch (random.nextInt(8)) {
        case 0, 1, 2 -> new Batch.Write.Insert(document);
        case 3, 4 -> new Batch.Write.Replace(document, expected);
        case 5 -> new Batch.Write.Put(document);
        case 6 -> new Batch.Write.Remove(type, id, random.nextBoolean() ? expected : 0);
        default -> new Batch.Write.Check(type, id, expected);
      };
    }

    /** A thing or note with attributes drawn from few values. */
    public static Document document(Random random, String type, String id, long version) {
      var body = new LinkedHashMap<String, Object>();
      // Always there, so that the kit also runs where unique indexes know no exceptions.
      body.put("name", "name" + random.nextInt(60));
      maybe(random, body, "rank", (long) random.nextInt(7) - 3);
      maybe(random, body, "color", pick(random, COLORS));
      maybe(random, body, "tags", List.of(pick(random, COLORS), "t" + random.nextInt(3)));
      maybe(random, body, "spot", Map.of("x", (long) random.nextInt(4)));
      maybe(random, body, "propagate", random.nextBoolean());
      maybe(random, body, "propagationHidden", random.nextInt(4) == 0);
      return Things.document(type, id, pick(random, NAMESPACES), version, body);
    }

    private static void maybe(Random random, Map<String, Object> body, String name, Object value) {
      if (random.nextInt(3) > 0) {
        body.put(name, value);
      }
    }

    /** A query that some index may help with. */
    public static Query query(Random random) {
      var order = new ArrayList<Query.Order>();
      for (var i = random.nextInt(3); i > 0; i--) {
        var attribute = pick(random, ORDERS);
        var name = attribute.replace("-", "");
        if (order.stream().noneMatch(o -> o.attribute().equals(name))) {
          order.add(new Query.Order(name, attribute.startsWith("-")));
        }
      }
      var limit = 1 + random.nextInt(9);
      return new Query(
          Things.THING, scope(random), filter(random, 2), order, limit, Optional.empty(), 0);
    }

    private static Query.Scope scope(Random random) {
      var namespace = NamespacePath.of(pick(random, NAMESPACES));
      return switch (random.nextInt(4)) {
        case 0 -> new Query.Scope.Only(namespace);
        case 1 -> new Query.Scope.Below(namespace);
        case 2 ->
            new Query.Scope.WithPropagated(namespace, random.nextBoolean(), random.nextBoolean());
        default -> new Query.Scope.Everywhere();
      };
    }

    private static Filter filter(Random random, int depth) {
      return switch (random.nextInt(depth == 0 ? 8 : 12)) {
        case 0 -> new Filter.All();
        case 1 -> compare(random, "rank", (long) random.nextInt(9) - 4);
        case 2 -> compare(random, "color", pick(random, COLORS));
        case 3 -> new Filter.In("rank", List.of((long) random.nextInt(3), 2L, 2.0));
        case 4 -> new Filter.Contains("tags", List.of(pick(random, COLORS)));
        case 5 -> new Filter.Matches("color", List.of("^re", "e$"));
        case 6 -> new Filter.Exists(random.nextBoolean() ? "tags" : "spot.x");
        case 7 -> compare(random, random.nextBoolean() ? "spot.x" : "tags", tag(random));
        case 8 -> new Filter.Not(filter(random, depth - 1));
        case 9 -> new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1)));
        default -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
      };
    }

    private static Object tag(Random random) {
      return random.nextBoolean() ? (long) random.nextInt(4) : "t" + random.nextInt(3);
    }

    private static Filter compare(Random random, String path, Object value) {
      var comparisons = Filter.Comparison.values();
      return new Filter.Compare(path, comparisons[random.nextInt(comparisons.length)], value);
    }

    private static <T> T pick(Random random, List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
