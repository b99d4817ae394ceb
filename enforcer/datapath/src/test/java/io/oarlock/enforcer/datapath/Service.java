package io.oarlock.enforcer.datapath;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that listens, and knows nothing of any enforcer. */
final class Service implements AutoCloseable {
  final AtomicInteger accepted = new AtomicInteger();
  private final ServerSocket server;

  interface Talk {
    void with(Socket socket) throws IOException;
  }

  Service(Talk talk) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> accept(talk));
  }

  private void accept(Talk talk) {
    while (true) {
      try {
        var socket = server.accept();
        accepted.incrementAndGet();
        Thread.startVirtualThread(() -> talk(talk, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void talk(Talk talk, Socket socket) {
    try (socket) {
      talk.with(socket);
    } catch (IOException e) {
      // the other side's view of it is what a test looks at
    }
  }

  /** Answers, once the caller has said everything, with all it said. */
  static Service echo() throws IOException {
    return new Service(socket -> {
      var all = socket.getInputStream().readAllBytes();
      socket.getOutputStream().write(all);
      socket.shutdownOutput();
    });
  }

  /** Sends back each byte as it comes, until the caller ends. */
  static Service mirror() throws IOException {
    return new Service(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
