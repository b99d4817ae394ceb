package io.oarlock.engine;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A platform in a process of its own whose writers write until somebody kills it. */
final class ChaosNode {
  private static final int WRITERS = 50;

  private ChaosNode() {}

  public static void main(String[] words) throws InterruptedException {
    var admin = new TestPlatform(Path.of(words[0])).admin();
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var writer = 0; writer < WRITERS; writer++) {
        var name = "w" + writer;
        var _ = writers.submit(() -> write(admin, name));
      }
      System.out.println("writing");
      Thread.currentThread().join();
    }
  }

  private static Void write(TestPlatform.Caller admin, String name) throws InterruptedException {
    for (var number = 0; ; number++) {
      var body = Map.<String, Object>of("name", name, "entries", List.of("10.0.0.0/8"));
      var id = Trees.required(admin.create("externalnetwork", "/acme", body), "id");
      var change = Map.<String, Object>of("description", String.valueOf(number));
      admin.plain(Operation.PATCH, "externalnetwork", "/acme", id, change);
      refused(admin, name);
      Thread.sleep(ChaosTest.BETWEEN_WRITES);
    }
  }

  /** A write that is not committed is one that nobody may hear of. */
  private static void refused(TestPlatform.Caller admin, String name) {
    try {
      admin.create("externalnetwork", "/acme", Map.of("name", name, "entries", List.of("bad")));
    } catch (Problem e) {
      return;
    }
    throw new IllegalStateException("A network that is none was taken");
  }
}
