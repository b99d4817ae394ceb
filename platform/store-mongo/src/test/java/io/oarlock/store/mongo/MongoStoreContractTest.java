package io.oarlock.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import io.oarlock.store.Batch;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.kit.KitClock;
import io.oarlock.store.kit.ResourceStoreContract;
import io.oarlock.store.kit.Things;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoStoreContractTest implements ResourceStoreContract {
  private final KitClock clock = new KitClock();
  private final String database = MongoUnderTest.freshDatabase();
  private MongoStore store;

  @BeforeEach
  void open() {
    store = MongoUnderTest.open(database, Things.model(), clock);
  }

  @AfterEach
  void drop() {
    store.close();
    try (var client = MongoClients.create(MongoUnderTest.address(database))) {
      client.getDatabase(database).drop();
    }
  }

  @Override
  public ResourceStore store() {
    return store;
  }

  @Override
  public KitClock clock() {
    return clock;
  }

  @Override
  public ResourceStore reopened() {
    store.close();
    open();
    return store;
  }

  @Test
  void aTotalBeyondTheBoundIsEstimated() {
    for (var first = 0; first < 11_000; first += 1000) {
      var writes = IntStream.range(first, first + 1000).mapToObj(MongoStoreContractTest::insert);
      store.commit(new Batch(writes.toList(), List.of()));
    }
    var blue = Things.things(Things.everywhere()).where(Things.equal("color", "blue"));
    assertThat(store.total(blue)).isEqualTo(ResourceStore.Total.exactly(100));
    var red = Things.things(Things.everywhere()).where(Things.equal("color", "red"));
    var total = store.total(red);
    assertThat(total.exact()).isFalse();
    assertThat(total.count()).isBetween(10_001L, 11_000L);
  }

  private static Batch.Write insert(int i) {
    return Things.insert(
        Things.thing("id" + i, "/a", "name", "name" + i, "color", i % 110 == 0 ? "blue" : "red"));
  }

  @Override
  public int steps() {
    return 120;
  }

  @Override
  public Set<Promise> untestable() {
    return MongoUnderTest.isReal() ? Set.of() : Set.of(Promise.values());
  }
}
