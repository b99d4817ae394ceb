package io.oarlock.automations.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the AOT cache that workers start from.
final class Training implements AutoCloseable {

  private static final String DRAFT = ".draft-";

  private final StagedClassPath staged;
  private final Spawner spawner;
  private final List<String> java;
  private volatile @Nullable Process student;
  private volatile boolean closed;

  /// @param java the worker's own command without its program
  Training(StagedClassPath staged, Spawner spawner, List<String> java) {
    this.staged = staged;
    this.spawner = spawner;
    this.java = java;
  }

  /// Two processes one after the other, each of which ends with this one. The JVM's own way to do
  /// both in one step starts the second as a child nobody else can end.
  void make() {
    forgetDrafts();
    var mark = DRAFT + ProcessHandle.current().pid();
    var seen = staged.folder().resolve("worker.aotconf" + mark);
    var draft = staged.folder().resolve("worker.aot" + mark);
    try {
      study(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + seen), seen);
      study(
          List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + seen, "-XX:AOTCache=" + draft),
          draft);
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(draft, staged.aotCache(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!closed) {
        WorkerStart.warn("workers start without an AOT cache: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      delete(seen);
      delete(draft);
    }
  }

  /// What platforms left that were killed while they made a cache.
  private void forgetDrafts() {
    try (var files = Files.list(staged.folder())) {
      files.filter(file -> isAbandoned(file.getFileName().toString())).forEach(Training::delete);
    } catch (IOException e) {
      WorkerStart.warn("cannot tidy up: " + e.getMessage());
    }
  }

  private static boolean isAbandoned(String name) {
    var mark = name.indexOf(DRAFT);
    return mark >= 0
        && ProcessHandle.of(Long.parseLong(name.substring(mark + DRAFT.length()))).isEmpty();
  }

  private void study(List<String> mode, Path made) throws IOException, InterruptedException {
    var command = new ArrayList<>(Isolation.endingWithParent());
    Programs.find("nice").ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "10")));
    command.addAll(java);
    command.addAll(mode);
    command.addAll(List.of(WorkerMain.class.getName(), WorkerMain.TRAIN));
    var process = spawner.spawn(command);
    student = process;
    var words = LastWords.of(process.getInputStream(), WorkerStart.WORDS_BYTES_MAX);
    if (process.waitFor() != 0 || !Files.exists(made)) {
      throw new IOException(mode.getFirst() + " failed: " + words.text());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      WorkerStart.warn("left behind: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    if (student != null) {
      Spawner.kill(student);
    }
  }
}
