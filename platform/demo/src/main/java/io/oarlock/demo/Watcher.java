package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event stream of a namespace on a thread of its own and keeps what it saw. It can be cut
 * and goes on from the last id it was given. The lock guards all fields.
 */
final class Watcher implements AutoCloseable {
  private static final int SEEN_MAX = 10_000;
  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  private final Client client;
  private final String namespace;
  private final Consumer<Seen> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<Seen> seen = new ArrayList<>();
  private Optional<Long> lastId = Optional.empty();
  private int gaps;
  private @Nullable InputStream stream;
  private @Nullable Thread reader;

  /** One event. */
  record Seen(
      long sequence, String operation, String type, String namespace, Map<String, Object> object) {
    static Seen of(Map<String, Object> tree) {
      return new Seen(
          tree.get("sequence") instanceof Long number ? number : -1,
          Trees.text(tree, "operation"),
          Trees.text(tree, "type"),
          Trees.text(tree, "namespace"),
          Trees.object(tree.get("object")));
    }

    String name() {
      return Trees.text(object, "name");
    }
  }

  Watcher(Client client, String namespace, Consumer<Seen> listener) {
    this.client = client;
    this.namespace = namespace;
    this.listener = listener;
  }

  /** Begins, or goes on after the last event seen; returns when the platform has begun to send. */
  void open() throws IOException, InterruptedException {
    var response = client.events(namespace, lastId());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new SurpriseException("the event stream answered " + response.statusCode());
    }
    lock.lock();
    try {
      stream = response.body();
      reader = Thread.ofVirtual().name("demo-events").start(() -> read(response.body()));
    } finally {
      lock.unlock();
    }
  }

  /** Drops the connection, as a network would; after this, nothing more is seen. */
  void cut() throws IOException, InterruptedException {
    close();
    var thread = reader();
    if (thread != null) {
      thread.join(STOP_MAX);
    }
  }

  private @Nullable Thread reader() {
    lock.lock();
    try {
      return reader;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (stream != null) {
        stream.close();
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<Long> lastId() {
    lock.lock();
    try {
      return lastId;
    } finally {
      lock.unlock();
    }
  }

  int gaps() {
    lock.lock();
    try {
      return gaps;
    } finally {
      lock.unlock();
    }
  }

  /** What it saw after a sequence, in the order it came. */
  List<Seen> after(long sequence) {
    lock.lock();
    try {
      return seen.stream().filter(event -> event.sequence() > sequence).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an event that may have come already. */
  Optional<Seen> await(Predicate<Seen> wanted, Duration atMost) throws InterruptedException {
    var left = atMost.toNanos();
    lock.lock();
    try {
      var found = seen.stream().filter(wanted).findFirst();
      while (found.isEmpty() && left > 0) {
        left = more.awaitNanos(left);
        found = seen.stream().filter(wanted).findFirst();
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void read(InputStream in) {
    try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var id = Optional.<Long>empty();
      var data = new StringBuilder();
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          take(id, data.toString());
          data.setLength(0);
        } else if (line.startsWith("id: ")) {
          id = Optional.of(Long.valueOf(line.substring(4)));
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        }
      }
    } catch (IOException _) {
      // The connection was cut: what was seen stays, and open() goes on from there.
    }
  }

  private void take(Optional<Long> id, String data) {
    var event =
        data.isEmpty()
            ? Optional.<Map<String, Object>>empty()
            : Optional.of(Json.parseObject(data));
    lock.lock();
    try {
      lastId = id.or(() -> lastId);
      if (event.isPresent()) {
        note(event.get());
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void note(Map<String, Object> tree) {
    if (tree.get("sequence") instanceof Long && seen.size() < SEEN_MAX) {
      var event = Seen.of(tree);
      seen.add(event);
      listener.accept(event);
    } else if ("Gap".equals(tree.get("kind"))) {
      gaps++;
    }
  }
}
