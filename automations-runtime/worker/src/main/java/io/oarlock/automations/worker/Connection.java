package io.oarlock.automations.worker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/// Frames over one socket. Any thread may send; one thread receives.
final class Connection implements Closeable {

  private static final int INPUT_BYTES = 64 << 10;

  private final ByteChannel channel;
  private final ReentrantLock sending = new ReentrantLock();
  private ByteBuffer input = ByteBuffer.allocate(INPUT_BYTES).flip();

  Connection(ByteChannel channel) {
    this.channel = channel;
  }

  void send(Frame frame) throws IOException {
    var bytes = frame.encoded();
    sending.lock();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      sending.unlock();
    }
  }

  /// The next frame.
  ///
  /// @throws EOFException when the other end is gone
  Frame receive() throws IOException {
    fill(Integer.BYTES);
    var length = input.getInt();
    if (length < 0 || length > Frame.BYTES_MAX) {
      throw new IOException("a frame that says it has %d bytes".formatted(length));
    }
    fill(length);
    var frame = Frame.decoded(input.slice(input.position(), length));
    input.position(input.position() + length);
    shrink();
    return frame;
  }

  private void fill(int count) throws IOException {
    if (input.remaining() >= count) {
      return;
    }
    input = count > input.capacity() ? moved(count) : input.compact();
    while (input.position() < count) {
      if (channel.read(input) < 0) {
        throw new EOFException("the other end closed the connection");
      }
    }
    input.flip();
  }

  private ByteBuffer moved(int capacity) {
    return ByteBuffer.allocate(capacity).put(input);
  }

  private void shrink() {
    if (input.capacity() > INPUT_BYTES && input.remaining() <= INPUT_BYTES) {
      input = ByteBuffer.allocate(INPUT_BYTES).put(input).flip();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
