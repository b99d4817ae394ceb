package io.oarlock.store;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.event;
import static io.oarlock.store.kit.Things.everywhere;
import static io.oarlock.store.kit.Things.expiring;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.thing;
import static io.oarlock.store.kit.Things.things;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Index;
import io.oarlock.store.kit.Things;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  @TempDir Path directory;

  @Test
  void aBackupIsOneMomentWhileOthersWrite() throws InterruptedException {
    var backup = new ByteArrayOutputStream();
    try (var store = EmbeddedStore.open(directory.resolve("from"), Things.model())) {
      var stop = new AtomicBoolean();
      var writer = Thread.startVirtualThread(() -> write(store, stop));
      while (store.events().head() < 20) {
        Thread.onSpinWait();
      }
      store.backup(backup);
      stop.set(true);
      writer.join();
    }
    var target = directory.resolve("to");
    EmbeddedStore.restore(new ByteArrayInputStream(backup.toByteArray()), target);

    try (var store = EmbeddedStore.open(target, Things.model())) {
      var events = store.events().read(0, 1_000_000);
      assertThat(events).hasSizeGreaterThanOrEqualTo(20);
      assertThat(store.events().head()).isEqualTo(events.size());
      var inEvents = events.stream().map(event -> event.content().resourceId()).sorted().toList();
      assertThat(ids(store)).isEqualTo(inEvents);
      assertThat(store.count(things(everywhere()).where(Things.equal("name", "n3")))).isEqualTo(1);
    }
  }

  private static void write(EmbeddedStore store, AtomicBoolean stop) {
    for (var i = 0; !stop.get(); i++) {
      var thing = thing("t" + i, "/acme", "name", "n" + i);
      store.commit(new Batch(List.of(insert(far(thing))), List.of(event(thing.id()))));
    }
  }

  private static Document far(Document thing) {
    return expiring(thing, Instant.parse("2999-01-01T00:00:00Z"));
  }

  private static List<String> ids(EmbeddedStore store) {
    var ids = new ArrayList<String>();
    var query = things(everywhere());
    for (var page = store.list(query); ; page = store.list(query.after(page.next()))) {
      page.documents().forEach(document -> ids.add(document.id()));
      if (page.next().isEmpty()) {
        return ids;
      }
    }
  }

  @Test
  void aBackupGoesIntoAnEmptyDirectoryOnly() throws IOException {
    Files.writeString(directory.resolve("mine"), "precious");

    assertThatThrownBy(() -> EmbeddedStore.restore(new ByteArrayInputStream(backup()), directory))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void aBackupCutShortIsNotRestored() {
    var whole = backup();
    for (var length : List.of(0, 20, whole.length / 2, whole.length - 9)) {
      var target = directory.resolve("to-" + length);
      var part = new ByteArrayInputStream(Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> EmbeddedStore.restore(part, target))
          .isInstanceOf(StoreException.class);

      assertThat(target.resolve(StoreDirectory.DATA)).doesNotExist();
    }
  }

  private byte[] backup() {
    var backup = new ByteArrayOutputStream();
    try (var store = EmbeddedStore.open(directory.resolve("source"), Things.model())) {
      store.commit(batch(insert(thing("a", "/acme", "name", "x"))));
      store.backup(backup);
    }
    return backup.toByteArray();
  }

  @Test
  void anIndexThatIsNewIsBuiltAtStart() {
    try (var store = EmbeddedStore.open(directory, Things.model(List.of()))) {
      for (var rank = 0L; rank < 40; rank++) {
        store.commit(batch(insert(thing("t" + rank, "/x", "rank", rank))));
      }
    }
    var indexed = Things.model(List.of(new Index(List.of("rank"), true)));
    var query = things(everywhere()).where(Things.equal("rank", 2L));
    try (var store = EmbeddedStore.open(directory, indexed)) {
      assertThat(store.explain(query).index()).contains("rank");
      assertThat(store.list(query).documents()).extracting(Document::id).containsExactly("t2");
      assertThatThrownBy(() -> store.commit(batch(insert(thing("c", "/x", "rank", 2L)))))
          .isInstanceOf(ConflictException.class);
    }
    try (var store = EmbeddedStore.open(directory, Things.model(List.of()))) {
      store.commit(batch(insert(thing("c", "/x", "rank", 2L))));
    }
    assertThatThrownBy(() -> EmbeddedStore.open(directory, indexed))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ids c and t2");
  }
}
