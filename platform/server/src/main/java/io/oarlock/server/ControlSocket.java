package io.oarlock.server;

import io.oarlock.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * How the owner of a running server asks it for a backup: a Unix-domain socket in a directory that
 * nobody else can enter. A connection is a request; the answer is the backup, then the end.
 */
final class ControlSocket implements AutoCloseable {
  /** What the address structure of every Unix holds, less its end mark. */
  private static final int PATH_BYTES_MAX = 100;

  private static final Logger LOG = System.getLogger(ControlSocket.class.getName());

  /** What writes a backup. */
  interface Backup {
    void write(OutputStream out);
  }

  private final ServerSocketChannel channel;
  private final Path path;
  private final Backup backup;

  ControlSocket(Path path, Backup backup) throws IOException {
    this.path = path;
    this.backup = backup;
    Files.deleteIfExists(path);
    channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(path));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    Thread.ofVirtual().name("control").start(this::serve);
  }

  static boolean fits(Path path) {
    return path.toString().length() <= PATH_BYTES_MAX;
  }

  private void serve() {
    while (channel.isOpen()) {
      try (var caller = channel.accept();
          var out = Channels.newOutputStream(caller)) {
        backup.write(out);
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | StoreException e) {
        LOG.log(Logger.Level.WARNING, "A backup was not finished: {0}", e.getMessage());
      }
    }
  }

  /** Copies the backup that the server behind the socket sends. */
  static long fetch(Path path, OutputStream out) throws IOException {
    try (var server = SocketChannel.open(UnixDomainSocketAddress.of(path));
        InputStream in = Channels.newInputStream(server)) {
      return in.transferTo(out);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
