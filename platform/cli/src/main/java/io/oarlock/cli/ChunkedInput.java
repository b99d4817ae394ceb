package io.oarlock.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body in chunks (RFC 9112, section 7.1). */
final class ChunkedInput extends InputStream {
  private static final int LINE_MAX = 4096;

  private final InputStream source;
  private long left;
  private boolean started;
  private boolean ended;

  ChunkedInput(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    var count = source.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The connection ended in the middle of the answer");
    }
    left -= count;
    return count;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(left, source.available());
  }

  private void nextChunk() throws IOException {
    if (started) {
      line();
    }
    started = true;
    var size = line();
    var end = size.indexOf(';');
    try {
      left = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
    } catch (NumberFormatException e) {
      throw new IOException("Not the size of a chunk: " + size, e);
    }
    if (left == 0) {
      while (!line().isEmpty()) {
        // trailers say nothing this client needs
      }
      ended = true;
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder(16);
    for (int c = source.read(); c != '\n'; c = source.read()) {
      if (c < 0) {
        throw new EOFException("The connection ended in the middle of the answer");
      }
      if (line.length() >= LINE_MAX) {
        throw new IOException("A line between chunks is longer than " + LINE_MAX);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
