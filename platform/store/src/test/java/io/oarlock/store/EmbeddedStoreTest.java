package io.oarlock.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.Filter;
import io.oarlock.model.Index;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest {
  @TempDir Path directory;

  @Test
  void whatWasCommittedIsThereAfterReopening() {
    try (var store = EmbeddedStore.open(directory, model())) {
      var events =
          store.commit(
              Batch.builder()
                  .write(new Batch.Write.Insert(thing("a", "/acme", "x")))
                  .write(new Batch.Write.Insert(thing("b", "/acme/prod", "x")))
                  .event(event("e1"))
                  .build());
      assertThat(events).extracting(Event::sequence).containsExactly(1L);
    }
    try (var store = EmbeddedStore.open(directory, model())) {
      assertThat(store.get("thing", "a")).contains(thing("a", "/acme", "x"));
      var scope = new Query.Scope.Below(NamespacePath.of("/acme"));
      var named = new Filter.Compare("name", Filter.Comparison.EQUAL, "x");
      assertThat(store.list(Query.all("thing", scope).where(named)).documents())
          .extracting(Document::id)
          .containsExactly("a", "b");
      assertThat(store.count(Query.all("thing", scope))).isEqualTo(2);
      assertThat(store.events().read(0, 10)).hasSize(1);
    }
  }

  private static Document thing(String id, String namespace, String name) {
    return new Document(
        "thing", id, NamespacePath.of(namespace), 1, Map.of("name", name), Optional.empty());
  }

  private static NewEvent event(String id) {
    return new NewEvent(
        id,
        Instant.EPOCH,
        "thing",
        Operation.CREATE,
        NamespacePath.ROOT,
        "a",
        Map.of(),
        Optional.empty(),
        Map.of());
  }

  private static ResourceModel model() {
    return new ResourceModel(
        List.of(
            new ResourceType(
                "thing",
                "things",
                "Things",
                "A thing.",
                List.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(new Index(List.of("name"), true)),
                List.of(),
                Optional.empty(),
                Map.of())));
  }
}
