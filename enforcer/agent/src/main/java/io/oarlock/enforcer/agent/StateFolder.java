package io.oarlock.enforcer.agent;

import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything an agent keeps, in a folder for its user alone; one agent at a time uses it. */
final class StateFolder implements AutoCloseable {
  /** Longest path of a Unix socket, in bytes ({@code sun_path} less the NUL). */
  private static final int SOCKET_PATH_MAX = 107;

  private static final Set<StandardOpenOption> NEW =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);

  private static final String LOCK = "agent.lock";
  private static final String SOCKET = "agent.sock";
  private static final String ENROLMENT = "enforcer.json";
  private static final String UNITS = "units.json";

  /** Ends the name of a file that is being written. */
  private static final String DRAFT = ".new";

  /** Everything there is but the lock and the flow records. */
  private static final List<String> FILES =
      List.of(SOCKET, ENROLMENT, UNITS, PolicyCache.FILE, PolicyCache.EPOCH_FILE);

  private final Path folder;
  private @Nullable FileChannel lock;

  StateFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Makes it and takes it; the lock ends with the process. */
  void take() {
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw taken();
      }
    } catch (OverlappingFileLockException e) {
      throw taken();
    } catch (IOException e) {
      throw new AgentException("The folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  private AgentException taken() {
    return new AgentException(
        "Another agent uses "
            + folder
            + "; stop it, or give this one a folder of its own with --state DIR");
  }

  Path folder() {
    return folder;
  }

  Path socket() {
    var path = folder.resolve(SOCKET);
    if (path.toString().length() > SOCKET_PATH_MAX) {
      throw new AgentException(
          "The path %s is too long for a Unix socket (%d bytes); choose a shorter --state DIR"
              .formatted(path, SOCKET_PATH_MAX));
    }
    return path;
  }

  Optional<Enrolment> enrolment() {
    return read(ENROLMENT).map(bytes -> Enrolment.of(object(ENROLMENT, bytes)));
  }

  void save(Enrolment enrolment) {
    write(ENROLMENT, Json.write(enrolment.tree()));
  }

  List<Map<String, Object>> units() {
    return read(UNITS)
        .map(bytes -> Tree.objects(object(UNITS, bytes).get("units")))
        .orElse(List.of());
  }

  void saveUnits(List<Map<String, Object>> units) {
    write(UNITS, Json.write(Map.of("units", units)));
  }

  private Map<String, Object> object(String name, byte[] bytes) {
    try {
      return Json.parseObject(bytes);
    } catch (JsonException e) {
      throw new AgentException(
          "%s is damaged: %s. Remove it; the host then enrols anew with --credential FILE"
              .formatted(folder.resolve(name), e.getMessage()),
          e);
    }
  }

  Optional<byte[]> read(String name) {
    var file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a whole or not at all, also when the machine stops in the midst of it. */
  void write(String name, byte[] bytes) {
    var draft = folder.resolve(name + DRAFT);
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      try (var channel = FileChannel.open(draft, NEW, mine)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether an agent has used it. */
  boolean exists() {
    return Files.exists(folder.resolve(LOCK));
  }

  /** Removes what an agent keeps, and the folder unless somebody else keeps something in it. */
  void remove() {
    try {
      deleteAll(folder.resolve(FlowSpool.FOLDER));
      for (var name : FILES) {
        Files.deleteIfExists(folder.resolve(name));
        Files.deleteIfExists(folder.resolve(name + DRAFT));
      }
      close();
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new AgentException(
          "The folder %s is not empty: %s. Nothing of the agent is in it any more; remove the rest"
              .formatted(folder, e),
          e);
    }
  }

  private static void deleteAll(Path spool) throws IOException {
    if (Files.isDirectory(spool)) {
      try (var batches = Files.newDirectoryStream(spool)) {
        for (var batch : batches) {
          Files.deleteIfExists(batch);
        }
      }
    }
    Files.deleteIfExists(spool);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve(SOCKET));
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
