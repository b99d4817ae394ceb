package io.oarlock.store.kit;

import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.ResourceStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreContractTest implements ResourceStoreContract {
  @TempDir Path directory;
  private final KitClock clock = new KitClock();
  private EmbeddedStore store;

  @BeforeEach
  void open() {
    var options = EmbeddedStore.Options.defaults().withClock(clock);
    store = EmbeddedStore.open(directory, Things.model(), options);
  }

  @AfterEach
  void close() {
    store.close();
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
    close();
    open();
    return store;
  }
}
