package io.oarlock.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an embedded store: one data file with its redo log, and a lock file which says
 * who has it. A file is opened for writing only after a read-only look has shown that it is one of
 * ours.
 */
final class StoreDirectory implements AutoCloseable {
  static final String DATA = "oarlock.db";

  /** Raised when files written before can no longer be read. */
  static final String FORMAT = "oarlock-store 2";

  private static final String FORMAT_WORD = "format";
  private static final String LOCK = "oarlock.lock";
  // The lock is on a byte beyond the text, so that others may read the text.
  private static final long LOCK_AT = 1L << 40;

  /** Makes the file under the maps; tests put failing ones there. */
  interface DataFiles {
    DataFile at(Path path, Map<String, Object> config);

    default RedoLog log(Path path) throws IOException {
      return new RedoLog(path);
    }
  }

  private final Path directory;
  private final EmbeddedStore.Options options;
  private final DataFiles files;
  private final FileChannel lockFile;

  StoreDirectory(Path directory, EmbeddedStore.Options options, DataFiles files) {
    this.directory = directory;
    this.options = options;
    this.files = files;
    try {
      make(directory);
      lockFile = lock(directory);
    } catch (IOException e) {
      throw new StoreException(
          "The store directory "
              + directory
              + " cannot be written ("
              + e
              + "). Make it a directory that this user may write to",
          e);
    }
  }

  Path path() {
    return directory;
  }

  private static void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var ownerOnly = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(ownerOnly));
    } else {
      Files.createDirectories(directory);
    }
  }

  @SuppressWarnings("resource") // the lock lives as long as its channel, which close() closes
  private static FileChannel lock(Path directory) throws IOException {
    var path = directory.resolve(LOCK);
    var channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      var taken = tryLock(channel);
      if (taken == null) {
        throw new StoreException(
            "The store in "
                + directory
                + " is in use by process "
                + owner(path)
                + ". Stop it first, or use another directory",
            null);
      }
      channel.truncate(0);
      var pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | StoreException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCK_AT, 1, false);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String owner(Path lock) throws IOException {
    var text = Files.readString(lock, StandardCharsets.US_ASCII).strip();
    return text.isEmpty() ? "(unknown)" : text;
  }

  /** Opens the data file, made anew if there is none, with all that was ever answered in it. */
  DurableFile open() {
    var path = directory.resolve(DATA);
    try {
      if (!Files.exists(path)) {
        create(directory);
      } else {
        verify(path);
      }
      return replayed(open(path, false));
    } catch (IOException | MVStoreException e) {
      throw unusable(path, e);
    }
  }

  private DurableFile replayed(MVStore maps) throws IOException {
    try {
      return DurableFile.open(maps, files.log(directory.resolve(RedoLog.NAME)));
    } catch (IOException | RuntimeException e) {
      maps.closeImmediately();
      throw e;
    }
  }

  static StoreException unusable(Path path, Exception e) {
    return new StoreException(
        "The store file %s cannot be used (%s). It was left as it is: restore a backup into an"
                .formatted(path, e.getMessage())
            + " empty directory, or move the file away to start anew",
        e);
  }

  /** Makes a complete data file and only then gives it its name. */
  private static void create(Path directory) throws IOException {
    var draft = directory.resolve(DATA + ".new");
    draft(draft, _ -> {});
    publish(draft, directory);
  }

  /** What goes into a new data file. */
  interface Filling {
    void fill(MVStore file) throws IOException;
  }

  /** Makes a complete, synced data file. */
  static void draft(Path draft, Filling filling) throws IOException {
    Files.deleteIfExists(draft);
    try (var file =
        new MVStore.Builder()
            .fileName(draft.toString())
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open()) {
      filling.fill(file);
      var tables = Tables.of(file);
      tables.state().put(FORMAT_WORD, FORMAT.getBytes(StandardCharsets.US_ASCII));
      DurableFile.number(tables);
      file.commit();
      file.sync();
    }
  }

  /** Gives a complete and synced draft the name of the data file. */
  static void publish(Path draft, Path directory) throws IOException {
    Files.move(draft, directory.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
    try (var synced = FileChannel.open(directory, StandardOpenOption.READ)) {
      synced.force(true);
    } catch (IOException e) {
      // Windows cannot open directories, and needs not: its renames are journalled.
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        throw e;
      }
    }
  }

  private void verify(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      if (!new String(in.readNBytes(2), StandardCharsets.ISO_8859_1).equals("H:")) {
        throw new IOException("it does not start like a store file");
      }
    }
    var file = open(path, true);
    try {
      var format = file.hasMap("state") ? Tables.of(file).state().get(FORMAT_WORD) : null;
      if (format == null) {
        throw new IOException("it is a file of another program");
      }
      var found = new String(format, StandardCharsets.US_ASCII);
      if (!found.equals(FORMAT)) {
        throw new IOException("its format is \"" + found + "\", this version reads " + FORMAT);
      }
    } finally {
      file.closeImmediately();
    }
  }

  private MVStore open(Path path, boolean readOnly) {
    var config = new HashMap<String, Object>();
    config.put("cacheSize", readOnly ? 1 : options.cacheMegabytes());
    config.put("autoCompactFillRate", 0); // the writer says when
    var data = files.at(path, config);
    try {
      data.open(path.toString(), readOnly, null);
      var file =
          new MVStore.Builder()
              .adoptFileStore(data)
              .autoCommitDisabled()
              // Without this the maps would commit half a batch when much is unsaved.
              .autoCommitBufferSize(0)
              .open();
      file.setRetentionTime(RETENTION_MILLIS);
      if (!readOnly) {
        file.setAutoCommitDelay(COMMIT_ALONE_MILLIS);
      }
      return file;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  // Space of dead chunks is used again after that time. Each commit is synced before the next
  // begins, so nothing durable can point there; the rest is caution.
  private static final int RETENTION_MILLIS = 2_000;

  // MVStore has threads that write beside the caller only where it may commit by itself. It would
  // once nobody has for 24 days; the writer commits two seconds after a change.
  private static final int COMMIT_ALONE_MILLIS = Integer.MAX_VALUE;

  /** Throws unless there is room for writing on. */
  void ensureRoom() {
    try {
      var usable = Files.getFileStore(directory).getUsableSpace();
      if (usable < options.freeBytesMin()) {
        throw StoreException.outOfSpace(
            "The disk of %s is full: %d MB are free and %d MB are kept in reserve. Free some space;"
                    .formatted(directory, usable >> 20, options.freeBytesMin() >> 20)
                + " reading goes on, writing resumes by itself",
            null);
      }
    } catch (IOException e) {
      throw new StoreException("The disk of " + directory + " cannot be asked: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new StoreException("The lock of " + directory + " cannot be released: " + e, e);
    }
  }
}
