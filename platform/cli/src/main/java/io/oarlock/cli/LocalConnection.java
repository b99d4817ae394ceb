package io.oarlock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix-domain socket. The JDK has only channels for those, and no timeout on a channel that
 * blocks, so this one does not and waits by a selector.
 */
final class LocalConnection implements Connection {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private int timeoutMillis = Wire.READ_TIMEOUT_MILLIS;

  private LocalConnection(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  static LocalConnection to(Path socket) throws IOException {
    return new LocalConnection(
        SocketChannel.open(UnixDomainSocketAddress.of(socket)), Selector.open());
  }

  @Override
  public InputStream in() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return receive(ByteBuffer.wrap(into, offset, length));
      }
    };
  }

  private int receive(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    var count = channel.read(into);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = channel.read(into);
    }
    return count;
  }

  @Override
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        send(ByteBuffer.wrap(from, offset, length));
      }
    };
  }

  private void send(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      if (channel.write(from) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    if (selector.select(timeoutMillis) == 0) {
      throw new SocketTimeoutException("nothing for " + timeoutMillis / 1000 + " s");
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void readTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
