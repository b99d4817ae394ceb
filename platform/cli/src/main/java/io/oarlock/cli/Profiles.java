package io.oarlock.cli;

import io.oarlock.json.Json;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The profiles of one home, a file each that only its owner can read. */
final class Profiles {
  static final String DEFAULT = "default";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Path home;

  Profiles(Path home) {
    this.home = home;
    this.directory = home.resolve("profiles");
  }

  List<String> names() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** The profile commands use when nothing else is said. */
  String current() throws IOException {
    try {
      return checked(Files.readString(directory.resolve("current")).strip());
    } catch (NoSuchFileException e) {
      return DEFAULT;
    }
  }

  void use(String name) throws IOException {
    write(
        directory.resolve("current"),
        (name + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Optional<Profile> find(String name) throws IOException {
    try {
      return Optional.of(Profile.read(Json.parseObject(Files.readAllBytes(file(name)))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void save(String name, Profile profile) throws IOException {
    write(file(name), Json.write(profile.tree()));
  }

  boolean remove(String name) throws IOException {
    return Files.deleteIfExists(file(name));
  }

  /** What the platform running from this home says about itself; empty when none runs. */
  Map<String, Object> localServer() throws IOException {
    try {
      return Json.parseObject(Files.readAllBytes(home.resolve("run").resolve("server.json")));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  private Path file(String name) {
    return directory.resolve(checked(name) + SUFFIX);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.usage(
          "Not a name for a profile: " + name, "Use 1 to 64 letters, digits, - _ and .");
    }
    return name;
  }

  /** Written beside and moved, so that no reader meets half a file; never readable by others. */
  private void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(directory, ownerOnly("rwx------"));
    var beside = file.resolveSibling(file.getFileName() + ".new" + ProcessHandle.current().pid());
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var out =
        Channels.newOutputStream(Files.newByteChannel(beside, options, ownerOnly("rw-------")))) {
      out.write(content);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
