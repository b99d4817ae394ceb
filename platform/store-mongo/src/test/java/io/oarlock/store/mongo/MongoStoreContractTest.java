package io.oarlock.store.mongo;

import com.mongodb.client.MongoClients;
import io.oarlock.store.ResourceStore;
import io.oarlock.store.kit.KitClock;
import io.oarlock.store.kit.ResourceStoreContract;
import io.oarlock.store.kit.Things;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

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

  @Override
  public int steps() {
    return 120;
  }

  @Override
  public Set<Promise> untestable() {
    return MongoUnderTest.isReal() ? Set.of() : Set.of(Promise.values());
  }
}
