package io.oarlock.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The directory that holds everything the program keeps. What is secret is readable by its owner
 * alone, from the moment it is there.
 */
record Home(Path path) {
  private static final String OWNER_ONLY_DIRECTORY = "rwx------";
  private static final String OWNER_ONLY_FILE = "rw-------";

  /** {@code OARLOCK_HOME}, or {@code .oarlock} in the user's own directory. */
  static Home fromEnvironment() {
    return new Home(
        Optional.ofNullable(System.getenv("OARLOCK_HOME"))
            .filter(text -> !text.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".oarlock"))
            .toAbsolutePath());
  }

  Path data() {
    return path.resolve("data");
  }

  Path keys() {
    return path.resolve("keys");
  }

  Path cache() {
    return path.resolve("cache");
  }

  /** A folder for each plugin that is not of the distribution; the operator makes it. */
  Path plugins() {
    return path.resolve("plugins");
  }

  Path run() {
    return path.resolve("run");
  }

  Path password() {
    return path.resolve("admin.password");
  }

  Path serverFile() {
    return run().resolve("server.json");
  }

  Path controlSocket() {
    return run().resolve("control.sock");
  }

  /** Where commands of this machine reach the API without TLS. */
  Path apiSocket() {
    return run().resolve("api.sock");
  }

  /** Makes the directory and those that the program needs in it. */
  void prepare() throws IOException {
    for (var directory : new Path[] {path, keys(), cache(), run()}) {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(OWNER_ONLY_DIRECTORY)));
      }
    }
    // Sockets are made in there, and whoever could enter could connect before they are closed to
    // him.
    Files.setPosixFilePermissions(run(), PosixFilePermissions.fromString(OWNER_ONLY_DIRECTORY));
  }

  /** Writes a file that only its owner can read, whole or not at all. */
  static void writePrivate(Path file, String text) throws IOException {
    var beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY_FILE)));
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
