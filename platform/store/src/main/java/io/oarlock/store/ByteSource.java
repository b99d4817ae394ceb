package io.oarlock.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteSink} wrote. */
final class ByteSource {
  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int u8() {
    return bytes[at++] & 0xFF;
  }

  long i64() {
    var value = 0L;
    for (var i = 0; i < 8; i++) {
      value = value << 8 | u8();
    }
    return value;
  }

  long varLong() {
    var value = 0L;
    for (var shift = 0; ; shift += 7) {
      var next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  int length() {
    return Math.toIntExact(varLong());
  }

  void skip(int count) {
    at += count;
  }

  /** Bytes after their length. */
  byte[] bytes() {
    var length = length();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() {
    var length = length();
    var text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** A text that many values have in common, not made anew each time. */
  <T> T shared(Shared<T> pool) {
    var length = length();
    var value = pool.of(bytes, at, length);
    at += length;
    return value;
  }
}
