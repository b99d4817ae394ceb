package io.oarlock.store;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Problem;
import io.oarlock.store.kit.Things;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.SFChunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong around a data file: each time a clear message, and nothing lost or touched. */
class EmbeddedFaultsTest {
  @TempDir Path directory;

  @Test
  void aStoreInUseNamesTheProcessThatHasIt() {
    try (var _ = EmbeddedStore.open(directory, Things.model())) {
      assertThatThrownBy(() -> EmbeddedStore.open(directory, Things.model()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
    EmbeddedStore.open(directory, Things.model()).close();
  }

  @Test
  void aForeignFileIsRefusedAndLeftAlone() throws IOException {
    var file = directory.resolve(StoreDirectory.DATA);
    Files.writeString(file, "These are not the bytes you are looking for.\n".repeat(1000));

    refusedUntouched(file, "does not start like a store file");
  }

  @Test
  void aFileOfAnotherProgramIsRefusedAndLeftAlone() throws IOException {
    var file = directory.resolve(StoreDirectory.DATA);
    try (var other = MVStore.open(file.toString())) {
      other.openMap("state").put("format", "theirs");
      other.commit();
    }
    refusedUntouched(file, "StoreException");
  }

  @Test
  void aDamagedFileIsRefusedAndLeftAlone() throws IOException {
    filled();
    var file = directory.resolve(StoreDirectory.DATA);
    var bytes = Files.readAllBytes(file);
    for (var i = 2; i < 2 * 4096; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);

    refusedUntouched(file, "cannot be used");
  }

  private void refusedUntouched(Path file, String reason) throws IOException {
    var before = Files.readAllBytes(file);

    assertThatThrownBy(() -> EmbeddedStore.open(directory, Things.model()))
        .isInstanceOf(StoreException.class)
        .hasStackTraceContaining(reason)
        .hasMessageContaining("left as it is");

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    var file = directory.resolve("file");
    Files.writeString(file, "");

    assertThatThrownBy(() -> EmbeddedStore.open(file.resolve("store"), Things.model()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aNearlyFullDiskStopsWritingAndNotReading() {
    filled();
    var defaults = EmbeddedStore.Options.defaults();
    var greedy =
        new EmbeddedStore.Options(
            defaults.cacheMegabytes(), Long.MAX_VALUE, defaults.clock(), defaults.progress());
    try (var store = EmbeddedStore.open(directory, Things.model(), greedy)) {
      assertThatThrownBy(() -> store.commit(batch(insert(thing("late", "/acme")))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("disk")
          .hasMessageContaining("full")
          .extracting(e -> ((StoreException) e).problem().kind())
          .isEqualTo(Problem.Kind.OUT_OF_SPACE);
      assertThatThrownBy(store::check).isInstanceOf(StoreException.class);
      assertThat(store.get(Things.THING, "kept")).isPresent();
    }
  }

  /** A disk that can be made to fail in the middle of a write. */
  private static final class FailingFile extends DataFile {
    private final AtomicBoolean full;

    FailingFile(Path path, Map<String, Object> config, AtomicBoolean full) {
      super(path, config);
      this.full = full;
    }

    @Override
    protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
      if (full.get()) {
        var half = source.duplicate().limit(source.limit() / 2);
        super.writeFully(chunk, position, half);
        throw DataUtils.newMVStoreException(
            DataUtils.ERROR_WRITING_FAILED, "No space left on device");
      }
      super.writeFully(chunk, position, source);
    }
  }

  /** The same for the log. */
  private static final class FailingLog extends RedoLog {
    private final AtomicBoolean full;

    FailingLog(Path path, AtomicBoolean full) throws IOException {
      super(path);
      this.full = full;
    }

    @Override
    int write(ByteBuffer bytes, long at) throws IOException {
      if (full.get()) {
        super.write(bytes.duplicate().limit(bytes.limit() / 2), at);
        throw new IOException("No space left on device");
      }
      return super.write(bytes, at);
    }
  }

  private record FailingDisk(AtomicBoolean full) implements StoreDirectory.DataFiles {
    @Override
    public DataFile at(Path path, Map<String, Object> config) {
      return new FailingFile(path, config, full);
    }

    @Override
    public RedoLog log(Path path) throws IOException {
      return new FailingLog(path, full);
    }
  }

  @Test
  void aDiskThatFailsAcknowledgesNothingAndIsForgivenLater() throws InterruptedException {
    var full = new AtomicBoolean();
    var files = new FailingDisk(full);
    var options = EmbeddedStore.Options.defaults();
    try (var store = EmbeddedStore.open(directory, Things.model(), options, files)) {
      store.commit(batch(insert(thing("before", "/acme"))));
      full.set(true);
      for (var i = 0; i < 5; i++) {
        var lost = batch(insert(thing("lost-" + i, "/acme")));
        assertThatThrownBy(() -> store.commit(lost))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("No space left on device");
      }
      assertThatThrownBy(store::check).isInstanceOf(StoreException.class);

      full.set(false);
      untilWritable(store);

      assertThat(store.list(Things.things(Things.everywhere())).documents())
          .extracting(Document::id)
          .containsExactly("after", "before");
    }
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      assertThat(store.count(Things.things(Things.everywhere()))).isEqualTo(2);
    }
  }

  @Test
  void manyWritersBesideAFailingDiskAreToldTheTruth() throws InterruptedException {
    var full = new AtomicBoolean();
    var told = written(new FailingDisk(full), full, "");
    assertThat(told).containsValue(true).containsValue(false);
    isTheTruth(told);
  }

  /** What is answered is in the log, and goes into the file when that works again. */
  @Test
  void aCheckpointThatFailsBesideTheWritersLosesNothing() throws InterruptedException {
    var full = new AtomicBoolean();
    var told =
        written((path, config) -> new FailingFile(path, config, full), full, "x".repeat(20_000));
    assertThat(told).containsValue(true).containsValue(false);
    isTheTruth(told);
  }

  /** Has many write, some of them after the disk has failed; what each was told of its writes. */
  private Map<String, Boolean> written(
      StoreDirectory.DataFiles files, AtomicBoolean full, String note) throws InterruptedException {
    var told = new ConcurrentHashMap<String, Boolean>();
    var options = EmbeddedStore.Options.defaults();
    try (var store = EmbeddedStore.open(directory, Things.model(), options, files)) {
      var writers = new ArrayList<Thread>();
      for (var i = 0; i < 16; i++) {
        var name = "writer-" + i;
        writers.add(Thread.startVirtualThread(() -> write(store, name, note, told, full)));
      }
      for (var writer : writers) {
        writer.join();
      }
      full.set(false);
      untilWritable(store);
    }
    return told;
  }

  private void isTheTruth(Map<String, Boolean> told) {
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      told.forEach(
          (id, kept) -> assertThat(store.get(Things.THING, id).isPresent()).as(id).isEqualTo(kept));
    }
  }

  /** Writes, and has the disk fail from some of its writes on. */
  private static void write(
      EmbeddedStore store,
      String name,
      String note,
      Map<String, Boolean> told,
      AtomicBoolean full) {
    for (var i = 0; i < 50; i++) {
      var id = name + "-" + i;
      if (i == 10) {
        full.set(true);
      }
      try {
        store.commit(batch(insert(thing(id, "/acme", "note", note))));
        told.put(id, true);
      } catch (StoreException e) {
        told.put(id, false);
      }
    }
  }

  private static void untilWritable(EmbeddedStore store) throws InterruptedException {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try {
        store.commit(batch(insert(thing("after", "/acme"))));
        return;
      } catch (StoreException e) {
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  @Test
  void aReaderThatIsInterruptedHarmsNobody() throws InterruptedException {
    filled();
    var defaults = EmbeddedStore.Options.defaults();
    // Without a cache every read goes to the file, where an interrupt closes the channel.
    var cold = new EmbeddedStore.Options(0, 0, defaults.clock(), defaults.progress());
    try (var store = EmbeddedStore.open(directory, Things.model(), cold)) {
      for (var i = 0; i < 20; i++) {
        var reader = Thread.startVirtualThread(() -> readUntilInterrupted(store));
        assertThat(store.get(Things.THING, "kept")).isPresent();
        reader.interrupt();
        store.commit(batch(insert(thing("more-" + i, "/acme"))));
        reader.join();
      }
      assertThat(store.get(Things.THING, "kept")).isPresent();
    }
  }

  private static void readUntilInterrupted(EmbeddedStore store) {
    while (!Thread.currentThread().isInterrupted()) {
      store.get(Things.THING, "kept");
    }
    store.get(Things.THING, "kept");
  }

  private void filled() {
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      store.commit(batch(insert(thing("kept", "/acme", "name", "kept"))));
    }
  }
}
