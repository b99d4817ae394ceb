package io.oarlock.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * What was answered and is not in the data file yet. Syncing a few kilobytes here is what a write
 * waits for; the pages that it changed go into the data file many writes at a time.
 *
 * <p>The file keeps its size and is written from the start again for each generation, since a sync
 * of a file that grows costs several times as much. A record is {@code length, CRC, generation,
 * changes}; the first one that is damaged or of another generation ends the log.
 */
class RedoLog implements AutoCloseable {
  static final String NAME = "oarlock.redo";

  /**
   * Bounds the time that opening after a crash takes, the memory of pages not written yet, and how
   * long everybody waits for a checkpoint. The buffer that a checkpoint of about this size is
   * gathered in is used again; MVStore makes a larger one anew each time.
   */
  static final int SIZE = 4 << 20;

  private static final int HEAD = Integer.BYTES + Integer.BYTES;
  private static final int FILL = 1 << 20;

  // Heap buffers would be copied to one like this for every write.
  private static final int RECORD_USUAL = 256 << 10;

  private final FileChannel channel;
  private final ByteBuffer usual = ByteBuffer.allocateDirect(RECORD_USUAL);
  private long generation;
  private long position;

  RedoLog(Path path) throws IOException {
    channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      fill();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void fill() throws IOException {
    if (channel.size() >= SIZE) {
      return;
    }
    for (var at = channel.size(); at < SIZE; at += FILL) {
      writeFully(ByteBuffer.allocate(FILL), at);
    }
    channel.force(true);
  }

  /** Hands over the changes of a generation in order; what is appended next comes after them. */
  void replay(long of, Consumer<byte[]> changes) throws IOException {
    restart(of);
    for (var record = next(); record.length > 0; record = next()) {
      changes.accept(record);
      position += HEAD + Long.BYTES + record.length;
    }
  }

  private byte[] next() throws IOException {
    var head = read(position, HEAD);
    var length = head.getInt();
    if (length < Long.BYTES || position + HEAD + length > channel.size()) {
      return new byte[0];
    }
    var body = read(position + HEAD, length);
    if (crc(body) != head.getInt() || body.getLong() != generation) {
      return new byte[0];
    }
    var changes = new byte[body.remaining()];
    body.get(changes);
    return changes;
  }

  private ByteBuffer read(long at, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // A file that ends early leaves zeros, which are no record.
    }
    return bytes.clear();
  }

  private static int crc(ByteBuffer body) {
    var crc = new CRC32C();
    crc.update(body.duplicate());
    return (int) crc.getValue();
  }

  boolean isEmpty() {
    return position == 0;
  }

  /** Bytes that changes of a length take. */
  static int size(int changes) {
    return HEAD + Long.BYTES + changes;
  }

  /** Begins anew; records of other generations count for nothing from now on. */
  void restart(long next) {
    generation = next;
    position = 0;
  }

  /** Makes a record of each; all durable when this returns, and none there when it throws. */
  void append(List<ByteBuffer> changes) throws IOException {
    var end = position;
    try {
      for (var each : changes) {
        end += write(record(each), end);
      }
      channel.force(false);
      position = end;
    } catch (IOException e) {
      takeBack(e);
      throw e;
    }
  }

  private ByteBuffer record(ByteBuffer changes) {
    var size = size(changes.remaining());
    var record = size <= RECORD_USUAL ? usual.clear() : ByteBuffer.allocate(size);
    record.position(HEAD).putLong(generation).put(changes.duplicate()).flip().position(HEAD);
    return record.putInt(0, record.remaining()).putInt(Integer.BYTES, crc(record)).rewind();
  }

  // What follows a record that is none does not count.
  private void takeBack(IOException failure) {
    try {
      write(ByteBuffer.allocate(HEAD), position);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The number of bytes written: all of them. Tests fail here. */
  int write(ByteBuffer bytes, long at) throws IOException {
    var length = bytes.remaining();
    writeFully(bytes, at);
    return length;
  }

  private void writeFully(ByteBuffer bytes, long at) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
