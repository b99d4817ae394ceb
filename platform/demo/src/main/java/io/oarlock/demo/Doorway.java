package io.oarlock.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets a host without any way out reach the platform: a port of that host's own loop-back leads
 * there. It carries bytes and looks at none of them.
 */
final class Doorway implements AutoCloseable {
  /** Most connections through it at a time; more wait. */
  private static final int CONNECTIONS_MAX = 64;

  private static final InetAddress LOOP_BACK = InetAddress.getLoopbackAddress();

  private final InetSocketAddress platform;
  private final ServerSocketChannel server;
  private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
  private final Semaphore free = new Semaphore(CONNECTIONS_MAX);

  /** Opens that port of the host of a network namespace. */
  Doorway(Path namespace, int port, InetSocketAddress platform)
      throws IOException, InterruptedException {
    this.platform = platform;
    this.server =
        Elsewhere.in(
            namespace,
            () -> ServerSocketChannel.open().bind(new InetSocketAddress(LOOP_BACK, port)));
    Thread.ofVirtual().name("doorway").start(this::accept);
  }

  private void accept() {
    try {
      while (server.isOpen()) {
        free.acquire();
        var inside = server.accept();
        Thread.ofVirtual().start(() -> carry(inside));
      }
    } catch (IOException _) {
      // It was closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(SocketChannel inside) {
    try (inside;
        var outside = new Socket()) {
      open.add(inside);
      open.add(outside);
      outside.connect(platform);
      var back = Thread.ofVirtual().start(() -> copyBack(outside, inside));
      Channels.newInputStream(inside).transferTo(outside.getOutputStream());
      outside.shutdownOutput();
      back.join();
    } catch (IOException _) {
      // One side is gone, and so is the other now.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(inside);
      free.release();
    }
  }

  private void copyBack(Socket outside, SocketChannel inside) {
    try {
      outside.getInputStream().transferTo(Channels.newOutputStream(inside));
      inside.shutdownOutput();
    } catch (IOException _) {
      // One side is gone, and so is the other now.
    } finally {
      open.remove(outside);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var each : open) {
      try {
        each.close();
      } catch (Exception _) {
        // It is gone already.
      }
    }
  }
}
