package io.oarlock.enforcer.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Flow records the platform has not taken yet: a file for each batch, the oldest first. When there
 * are too many the oldest go. Used by one thread at a time.
 */
final class FlowSpool {
  /** Most batches kept. */
  static final int BATCHES_MAX = 2000;

  /** Most bytes of all batches. */
  static final long BYTES_MAX = 32L * 1024 * 1024;

  static final String FOLDER = "flows";
  private static final Pattern NAME = Pattern.compile("([0-9]{12})-([0-9]{1,6})\\.json");

  private final StateFolder state;
  private final int batchesMax;
  private final long bytesMax;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private long bytes;
  private long next;

  /**
   * A batch on disk.
   *
   * @param name of its file, in the folder of the agent
   * @param flows how many it holds
   */
  record Batch(String name, long bytes, long flows) {}

  /** Opens what is there already. */
  FlowSpool(StateFolder state) {
    this(state, BATCHES_MAX, BYTES_MAX);
  }

  FlowSpool(StateFolder state, int batchesMax, long bytesMax) {
    this.state = state;
    this.batchesMax = batchesMax;
    this.bytesMax = bytesMax;
    try {
      var folder = Files.createDirectories(state.folder().resolve(FOLDER));
      try (var files = Files.list(folder)) {
        files.sorted().forEach(this::found);
      }
    } catch (IOException e) {
      throw new AgentException("Flow records cannot be kept: " + e.getMessage(), e);
    }
  }

  /** A file of another name is a draft that a crash left behind. */
  private void found(Path file) {
    try {
      var name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        var size = Files.size(file);
        waiting.add(new Batch(FOLDER + "/" + name.group(), size, Long.parseLong(name.group(2))));
        bytes += size;
        next = Long.parseLong(name.group(1)) + 1;
      } else {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a batch; gives how many older flows had to go for it. */
  long add(byte[] json, int flows) {
    var batch = new Batch("%s/%012d-%d.json".formatted(FOLDER, next, flows), json.length, flows);
    next++;
    state.write(batch.name(), json);
    waiting.add(batch);
    bytes += batch.bytes();
    var gone = 0L;
    while (waiting.size() > batchesMax || bytes > bytesMax) {
      gone += waiting.getFirst().flows();
      remove(waiting.getFirst());
    }
    return gone;
  }

  Optional<Batch> oldest() {
    return Optional.ofNullable(waiting.peek());
  }

  Optional<byte[]> read(Batch batch) {
    return state.read(batch.name());
  }

  /** It was taken, or will never be. */
  void remove(Batch batch) {
    if (waiting.remove(batch)) {
      bytes -= batch.bytes();
    }
    try {
      Files.deleteIfExists(state.folder().resolve(batch.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many flows wait. */
  long flows() {
    return waiting.stream().mapToLong(Batch::flows).sum();
  }
}
