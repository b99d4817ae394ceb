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
 * <p>The file keeps its size, since a sync of a file that grows costs several times as much. It has
 * two halves, each written from its start for a generation: one takes what happens while the data
 * file takes what is in the other. A record is {@code length, CRC, generation, changes}; the first
 * one that is damaged or of another generation ends the half.
 */
class RedoLog implements AutoCloseable {
  static final String NAME = "oarlock.redo";

  /**
   * Bytes of a half. Bounds the time that opening after a crash takes, and the memory of pages not
   * written yet.
   */
  static final int SIZE = 8 << 20;

  private static final int HALVES = 2;

  private static final int HEAD = Integer.BYTES + Integer.BYTES;
  private static final int FILL = 1 << 20;

  // Heap buffers would be copied to one like this for every write.
  private static final int RECORD_USUAL = 256 << 10;

  private final FileChannel channel;
  private final ByteBuffer usual = ByteBuffer.allocateDirect(RECORD_USUAL);
  private long generation;

  /** Where the half begins that is written. */
  private long base;

  /** In that half. */
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
    if (channel.size() >= HALVES * SIZE) {
      return;
    }
    for (var at = channel.size(); at < HALVES * SIZE; at += FILL) {
      writeFully(ByteBuffer.allocate(FILL), at);
    }
    channel.force(true);
  }

  /**
   * Hands over in order the changes of a generation and of the one after it, which is there if the
   * process died between the two. What is appended next overwrites them.
   *
   * @return whether there were any
   */
  boolean replay(long of, Consumer<byte[]> changes) throws IOException {
    var found = false;
    for (var each = of; each <= of + 1; each++) {
      for (base = 0; base < HALVES * SIZE; base += SIZE) {
        restart(each);
        found |= replayHalf(changes);
      }
    }
    base = 0;
    restart(of);
    return found;
  }

  private boolean replayHalf(Consumer<byte[]> changes) throws IOException {
    for (var record = next(); record.length > 0; record = next()) {
      changes.accept(record);
      position += HEAD + Long.BYTES + record.length;
    }
    return position > 0;
  }

  private byte[] next() throws IOException {
    var at = base + position;
    var head = read(at, HEAD);
    var length = head.getInt();
    if (length < Long.BYTES || at + HEAD + length > channel.size()) {
      return new byte[0];
    }
    var body = read(at + HEAD, length);
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

  /** Bytes that changes of a length take. */
  static int size(int changes) {
    return HEAD + Long.BYTES + changes;
  }

  /** Begins the half anew: what is in the log is in the data file, too. */
  void restart(long next) {
    generation = next;
    position = 0;
  }

  /** Goes on with the other half, whose records the data file has. */
  void turn(long next) {
    base = SIZE - base;
    restart(next);
  }

  /** Makes a record of each; all durable when this returns, and none there when it throws. */
  void append(List<ByteBuffer> changes) throws IOException {
    var end = position;
    try {
      for (var each : changes) {
        end += write(record(each), base + end);
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
      write(ByteBuffer.allocate(HEAD), base + position);
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
