package io.oarlock.automations.worker;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The worker's class path as jars in one folder that every worker may read: an AOT cache wants
/// jars that do not change, and a worker with a root of its own wants one thing to see.
record StagedClassPath(Path folder, List<Path> jars) {

  private static final int HASH_CHARACTERS = 16;
  private static final int FOLDERS_KEPT = 3;

  /// Stages in a folder named after the content, or finds it staged.
  static StagedClassPath stage(List<Path> classPath, Path javaHome, Path cache) throws IOException {
    var present = classPath.stream().filter(Files::exists).toList();
    var root = Files.createDirectories(cache).toRealPath();
    var folder = root.resolve("worker-" + hash(present, javaHome));
    if (!Files.isDirectory(folder)) {
      fill(present, folder, Files.createTempDirectory(root, "staging"));
      forgetOld(root);
    }
    try (var jars = Files.list(folder.resolve("jars"))) {
      return new StagedClassPath(folder, jars.sorted().toList());
    }
  }

  Path aotCache() {
    return folder.resolve("worker.aot");
  }

  private static void fill(List<Path> classPath, Path folder, Path draft) throws IOException {
    var jars = Files.createDirectory(draft.resolve("jars"));
    var number = 0;
    for (var entry : classPath) {
      var jar = jars.resolve("%03d-%s.jar".formatted(number++, name(entry)));
      if (Files.isDirectory(entry)) {
        pack(entry, jar);
      } else {
        Files.copy(entry, jar);
      }
      Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
    }
    for (var directory : List.of(draft, jars)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    try {
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Another process of the same home may have been faster.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /// Every build leaves a folder behind; an older platform may still start workers from the last.
  private static void forgetOld(Path root) throws IOException {
    try (var folders = Files.list(root)) {
      folders
          .filter(folder -> folder.getFileName().toString().startsWith("worker-"))
          .sorted(Comparator.comparingLong(StagedClassPath::modified).reversed())
          .skip(FOLDERS_KEPT)
          .forEach(StagedClassPath::delete);
    }
  }

  private static long modified(Path folder) {
    return folder.toFile().lastModified();
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path entry) {
    return entry.getFileName().toString().replaceAll("[^A-Za-z0-9._-]|\\.jar$", "");
  }

  private static void pack(Path directory, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        var zip = new ZipOutputStream(out)) {
      for (var file : filesIn(directory)) {
        var entry = new ZipEntry(directory.relativize(file).toString());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
      }
    }
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static String hash(List<Path> classPath, Path javaHome) throws IOException {
    var digest = sha256();
    digest.update(javaHome.toString().getBytes(StandardCharsets.UTF_8));
    var release = javaHome.resolve("release");
    if (Files.exists(release)) {
      digest.update(Files.readAllBytes(release));
    }
    for (var entry : classPath) {
      for (var file : Files.isDirectory(entry) ? filesIn(entry) : List.of(entry)) {
        var identity =
            "%s %d %s\n".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
        digest.update(identity.getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
