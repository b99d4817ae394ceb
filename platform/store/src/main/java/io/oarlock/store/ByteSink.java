package io.oarlock.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte array that grows as it is written. */
final class ByteSink {
  private byte[] bytes;
  private int size;

  ByteSink(int expected) {
    bytes = new byte[expected];
  }

  int size() {
    return size;
  }

  /** Forgets what was written after it had a size. */
  void cutTo(int earlier) {
    size = earlier;
  }

  /** What was written, not copied. */
  ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size).slice();
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  ByteSink u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  ByteSink u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  /** Big endian. */
  ByteSink i64(long value) {
    room(8);
    for (var shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Seven bits a byte, least significant first. */
  ByteSink varLong(long value) {
    room(10);
    var rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  ByteSink raw(byte[] more) {
    return raw(more, 0, more.length);
  }

  ByteSink raw(byte[] more, int offset, int length) {
    room(length);
    System.arraycopy(more, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** UTF-8 without its length. */
  ByteSink utf8(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /** UTF-8 after its length. */
  ByteSink text(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    return varLong(utf8.length).raw(utf8);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
