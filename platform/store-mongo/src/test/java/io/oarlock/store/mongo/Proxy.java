package io.oarlock.store.mongo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network that can be cut: passes bytes to a server until it is told to drop them. */
final class Proxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket entrance;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Proxy(InetSocketAddress target) throws IOException {
    this.target = target;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        var client = entrance.accept();
        var server = new Socket(target.getAddress(), target.getPort());
        open.add(client);
        open.add(server);
        pump(client, server);
        pump(server, client);
      } catch (IOException e) {
        // Closed, or cut while connecting: whoever is on the other side notices.
      }
    }
  }

  private void pump(Socket from, Socket to) {
    Thread.startVirtualThread(() -> {
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        in.transferTo(out);
      } catch (IOException e) {
        open.remove(from); // cut
      }
    });
  }

  /** Cuts every connection there is; new ones are let through. */
  void cut() throws IOException {
    for (var socket : List.copyOf(open)) {
      socket.close();
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    cut();
  }
}
