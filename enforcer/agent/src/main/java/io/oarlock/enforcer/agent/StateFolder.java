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
              folder.resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
    var path = folder.resolve("agent.sock");
    if (path.toString().length() > SOCKET_PATH_MAX) {
      throw new AgentException(
          "The path %s is too long for a Unix socket (%d bytes); choose a shorter --state DIR"
              .formatted(path, SOCKET_PATH_MAX));
    }
    return path;
  }

  Optional<Enrolment> enrolment() {
    return read("enforcer.json").map(bytes -> Enrolment.of(object("enforcer.json", bytes)));
  }

  void save(Enrolment enrolment) {
    write("enforcer.json", Json.write(enrolment.tree()));
  }

  List<Map<String, Object>> units() {
    return read("units.json")
        .map(bytes -> Tree.objects(object("units.json", bytes).get("units")))
        .orElse(List.of());
  }

  void saveUnits(List<Map<String, Object>> units) {
    write("units.json", Json.write(Map.of("units", units)));
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
    var draft = folder.resolve(name + ".new");
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

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve("agent.sock"));
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
