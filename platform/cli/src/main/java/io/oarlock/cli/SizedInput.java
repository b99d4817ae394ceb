package io.oarlock.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of a known length. */
final class SizedInput extends InputStream {
  private final InputStream source;
  private long left;

  SizedInput(InputStream source, long length) {
    this.source = source;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left <= 0) {
      return -1;
    }
    var count = source.read(into, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("The connection ended " + left + " bytes before the answer did");
    }
    left -= count;
    return count;
  }
}
