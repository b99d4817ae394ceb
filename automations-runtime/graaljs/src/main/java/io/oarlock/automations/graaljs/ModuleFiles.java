package io.oarlock.automations.graaljs;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/// The only files a script can import: its own modules, read-only, under a root that exists nowhere
/// else.
final class ModuleFiles {

  static final String ROOT = "/script/";

  private final Map<Path, byte[]> files = new HashMap<>();

  ModuleFiles(Map<String, String> modules) {
    modules.forEach(
        (path, text) -> files.put(Path.of(ROOT, path), text.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<byte[]> content(Path absolute) {
    return Optional.ofNullable(files.get(absolute));
  }

  /// The file system of a context whose script is not known yet.
  static final class Slot implements FileSystem {
    private volatile ModuleFiles files = new ModuleFiles(Map.of());

    void fill(ModuleFiles modules) {
      files = modules;
    }

    private byte[] content(Path path) throws NoSuchFileException {
      return files
          .content(toAbsolutePath(path))
          .orElseThrow(() -> new NoSuchFileException(path + " is none of this script's modules"));
    }

    @Override
    public Path parsePath(URI uri) {
      throw new UnsupportedOperationException("modules are imported by relative path, not by URL");
    }

    @Override
    public Path parsePath(String path) {
      return Path.of(path);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
        throws IOException {
      content(path);
      if (modes.contains(AccessMode.WRITE)) {
        throw new ReadOnlyFileSystemException();
      }
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return new ReadOnlyBytes(ByteBuffer.wrap(content(path)).asReadOnlyBuffer());
    }

    @Override
    public Path toAbsolutePath(Path path) {
      return Path.of(ROOT).resolve(path).normalize();
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
      content(path);
      return toAbsolutePath(path);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
        throws IOException {
      return Map.of("isRegularFile", true, "size", (long) content(path).length);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
      throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
      throw new ReadOnlyFileSystemException();
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      throw new NoSuchFileException(directory.toString());
    }
  }

  private static final class ReadOnlyBytes implements SeekableByteChannel {
    private final ByteBuffer bytes;

    ReadOnlyBytes(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      if (!bytes.hasRemaining()) {
        return -1;
      }
      var count = Math.min(bytes.remaining(), target.remaining());
      target.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public long position() {
      return bytes.position();
    }

    @Override
    public SeekableByteChannel position(long position) {
      bytes.position(Math.toIntExact(position));
      return this;
    }

    @Override
    public long size() {
      return bytes.limit();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
