package io.oarlock.store;

import static io.oarlock.store.kit.Things.batch;
import static io.oarlock.store.kit.Things.insert;
import static io.oarlock.store.kit.Things.thing;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.store.kit.Things;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedoLogTest {
  @TempDir Path directory;

  @Test
  void whatWasAppendedIsReadInItsOrder() throws IOException {
    try (var log = log()) {
      log.restart(7);
      append(log, "one");
      append(log, "two");
    }
    assertThat(read(7)).containsExactly("one", "two");
  }

  @Test
  void recordsOfAnotherGenerationCountForNothing() throws IOException {
    try (var log = log()) {
      log.restart(7);
      append(log, "one");
      append(log, "two");
      log.restart(8);
      append(log, "new");
    }
    assertThat(read(8)).containsExactly("new");
    assertThat(read(9)).isEmpty();
  }

  @Test
  void aGenerationIsFollowedByTheOneInTheOtherHalf() throws IOException {
    try (var log = log()) {
      log.restart(7);
      append(log, "one");
      log.turn(8);
      append(log, "two");
    }
    assertThat(read(7)).containsExactly("one", "two");
    assertThat(read(8)).containsExactly("two");
    try (var log = log()) {
      log.restart(9);
      append(log, "new");
      log.turn(10);
    }
    assertThat(read(9)).containsExactly("new");
  }

  @Test
  void aRecordThatWasTornEndsTheLog() throws IOException {
    try (var log = log()) {
      log.restart(7);
      append(log, "whole");
      append(log, "torn");
    }
    var second = 4 + 4 + 8 + "whole".length();
    try (var file = FileChannel.open(path(), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(bytes("x")), second + 17L);
    }
    assertThat(read(7)).containsExactly("whole");
  }

  @Test
  void aStoreCopiedWhileItWritesHasAllThatWasAnswered() throws IOException {
    var copy = directory.resolve("copy");
    Files.createDirectory(copy);
    var original = directory.resolve("store");
    try (var store = EmbeddedStore.open(original, Things.model())) {
      store.commit(batch(insert(thing("first", "/acme"))));
      store.commit(batch(insert(thing("second", "/acme"))));
      for (var name : List.of(StoreDirectory.DATA, RedoLog.NAME)) {
        Files.copy(original.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    for (var opened = 0; opened < 2; opened++) {
      try (var store = EmbeddedStore.open(copy, Things.model())) {
        assertThat(store.list(Things.things(Things.everywhere())).documents())
            .extracting(Document::id)
            .containsExactly("first", "second");
      }
    }
  }

  @Test
  void moreThanTheLogHoldsIsKeptAllTheSame() {
    var text = "x".repeat(1 << 20);
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      for (var i = 0; i < 40; i++) {
        store.commit(batch(insert(thing("large-" + i, "/acme", "note", text))));
      }
    }
    try (var store = EmbeddedStore.open(directory, Things.model())) {
      assertThat(store.count(Things.things(Things.everywhere()))).isEqualTo(40);
    }
  }

  private Path path() {
    return directory.resolve(RedoLog.NAME);
  }

  private RedoLog log() throws IOException {
    return new RedoLog(path());
  }

  private List<String> read(long generation) throws IOException {
    var found = new ArrayList<String>();
    try (var log = log()) {
      log.replay(generation, changes -> found.add(new String(changes, StandardCharsets.UTF_8)));
    }
    return found;
  }

  private static void append(RedoLog log, String... changes) throws IOException {
    log.append(Stream.of(changes).map(RedoLogTest::bytes).map(ByteBuffer::wrap).toList());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
