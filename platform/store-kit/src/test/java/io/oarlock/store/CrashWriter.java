package io.oarlock.store;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.store.kit.Things;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The process that {@link CrashTest} kills: many writers, each acknowledged write said aloud. */
final class CrashWriter {
  private static final int WRITERS = 8;

  /** So much that checkpoints are made beside the writers, and some die in the middle of one. */
  private static final int PADDING = 3000;

  private CrashWriter() {}

  public static void main(String[] arguments) {
    var store = EmbeddedStore.open(Path.of(arguments[0]), Things.model());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var w = 0; w < WRITERS; w++) {
        var writer = arguments[1] + "-" + w;
        threads.execute(() -> write(store, writer));
      }
    }
  }

  private static void write(EmbeddedStore store, String writer) {
    for (var i = 0; ; i++) {
      var id = writer + "-" + i / 3;
      var version = i % 3 + 1L;
      store.commit(batch(id, version));
      say(id + " " + version + " ok");
    }
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }

  private static Batch batch(String id, long version) {
    var thing = document(Things.THING, id, version);
    var note = document(Things.NOTE, id, version);
    var event =
        new NewEvent(
            id + "@" + version,
            Instant.EPOCH,
            Things.THING,
            Operation.UPDATE,
            thing.namespace(),
            id,
            thing.body(),
            Optional.empty(),
            Map.of());
    return new Batch(List.of(write(thing), write(note)), List.of(event));
  }

  private static Batch.Write write(Document document) {
    return document.version() == 1
        ? new Batch.Write.Insert(document)
        : new Batch.Write.Replace(document, document.version() - 1);
  }

  private static Document document(String type, String id, long version) {
    var body = new LinkedHashMap<String, Object>();
    body.put("id", id);
    body.put("version", version);
    body.put("name", id + "@" + version);
    body.put("rank", version);
    body.put("padding", "x".repeat(PADDING));
    return new Document(type, id, NamespacePath.of("/crash"), version, body, Optional.empty());
  }
}
