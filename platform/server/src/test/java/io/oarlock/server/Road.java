package io.oarlock.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a platform of this machine that can be cut, as networks are. */
final class Road implements AutoCloseable {
  private final ServerSocket server;
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  private Road(ServerSocket server, int to) {
    this.server = server;
    this.to = to;
  }

  /** A road to a port of loopback. */
  static Road to(int port) throws IOException {
    var road = new Road(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    Thread.startVirtualThread(road::join);
    return road;
  }

  int port() {
    return server.getLocalPort();
  }

  private void join() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        var far = new Socket(InetAddress.getLoopbackAddress(), to);
        sockets.add(near);
        sockets.add(far);
        Thread.startVirtualThread(() -> pipe(near, far));
        Thread.startVirtualThread(() -> pipe(far, near));
      } catch (IOException _) {
        // The road is closed, or leads nowhere now: who takes it notices.
      }
    }
  }

  private void pipe(Socket from, Socket into) {
    try (from;
        into) {
      from.getInputStream().transferTo(into.getOutputStream());
    } catch (IOException _) {
      // It was cut.
    } finally {
      sockets.remove(from);
    }
  }

  /** Breaks what goes over it now; what comes later finds it whole. */
  void cut() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
