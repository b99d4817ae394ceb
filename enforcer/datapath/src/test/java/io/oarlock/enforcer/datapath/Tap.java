package io.oarlock.enforcer.datapath;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Somebody on the way between two hosts, who hears everything and can change what comes back. */
final class Tap implements AutoCloseable {
  private final Service listening;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  /** Changes a chunk on its way to the initiator; an empty one ends the stream there. */
  interface Change {
    byte[] of(byte[] chunk);
  }

  Tap(InetSocketAddress to, Change change) throws IOException {
    listening =
        new Service(socket -> {
          try (var on = new Socket(to.getAddress(), to.getPort())) {
            var there = Thread.startVirtualThread(() -> pass(socket, on, chunk -> chunk));
            pass(on, socket, change);
            there.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void pass(Socket from, Socket to, Change change) {
    var buffer = new byte[8192];
    try {
      for (var read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        var chunk = java.util.Arrays.copyOf(buffer, read);
        synchronized (heard) {
          heard.write(chunk);
        }
        var changed = change.of(chunk);
        if (changed.length == 0) {
          break;
        }
        to.getOutputStream().write(changed);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // a reset ends what it taps as well
    }
  }

  InetSocketAddress address() {
    return listening.address();
  }

  String heard() {
    synchronized (heard) {
      return heard.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
