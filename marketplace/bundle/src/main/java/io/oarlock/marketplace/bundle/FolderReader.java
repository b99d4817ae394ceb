package io.oarlock.marketplace.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the files of a folder, for authors who try their app before they pack it. */
final class FolderReader {
  private FolderReader() {}

  static void read(Path folder, Contents contents) throws BundleException, IOException {
    try (var found = Files.walk(folder, Limits.PATH_PARTS_MAX + 1)) {
      // One more than may be, so that too many are seen as such.
      for (var path : (Iterable<Path>) found.limit(Limits.ENTRIES_MAX + 1L)::iterator) {
        take(folder, path, contents);
      }
    }
  }

  private static void take(Path folder, Path path, Contents contents)
      throws BundleException, IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    var name =
        StreamSupport.stream(folder.relativize(path).spliterator(), false)
            .map(Path::toString)
            .collect(Collectors.joining("/"));
    if (Files.isSymbolicLink(path)) {
      contents.refuse(
          "symlink", name, "It is a symbolic link.", "Put what it leads to in its place.");
    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      contents.room(name, Files.size(path));
      contents.add(name, Files.readAllBytes(path));
    } else {
      contents.refuse("device", name, "It is neither a file nor a folder.", "Take it away.");
    }
  }
}
