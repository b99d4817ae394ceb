package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.store.Batch;
import io.oarlock.store.Document;
import io.oarlock.store.EmbeddedStore;
import io.oarlock.store.NewEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogConsumerTest {
  private static final int EVENTS = 50;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private EmbeddedStore store;
  private Journal journal;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = EmbeddedStore.open(directory, Engine.storeModel(TestPlatform.MODEL));
    journal = new Journal(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void eventsThatNobodyReactsToCostNoWriteEach() {
    try (var consumer = consumer()) {
      consumer.start();
      for (var i = 0; i < EVENTS; i++) {
        append("event-" + i);
        Waiting.until(() -> consumer.lag() == 0, "the event to be looked at");
      }
    }
    assertThat(seen).hasSize(EVENTS);
    assertThat(cursor().version()).isLessThan(EVENTS / 2);
  }

  @Test
  void aConsumerGoesOnWhereItWasClosed() {
    try (var consumer = consumer()) {
      consumer.start();
      append("before");
      Waiting.until(() -> seen.contains("before"), "the first event");
    }
    append("between");
    try (var consumer = consumer()) {
      consumer.start();
      Waiting.until(() -> seen.contains("between"), "the second event");
    }
    assertThat(seen).containsExactly("before", "between");
    assertThat(cursor().body()).containsEntry("sequence", 2L);
  }

  private LogConsumer consumer() {
    return new LogConsumer(
        "test",
        "node-1",
        journal,
        (events, _) -> events.forEach(event -> seen.add(event.content().id())));
  }

  private void append(String id) {
    var event =
        new NewEvent(
            id,
            Instant.EPOCH,
            "namespace",
            Operation.CREATE,
            NamespacePath.ROOT,
            id,
            Map.of("id", id),
            Optional.empty(),
            Map.of());
    store.commit(Batch.builder().event(event).build());
  }

  private Document cursor() {
    return store.get(LogConsumer.CURSOR, "test").orElseThrow();
  }
}
