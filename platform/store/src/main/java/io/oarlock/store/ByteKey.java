package io.oarlock.store;

import java.util.Arrays;

/** Bytes that are equal when their content is, in unsigned order. */
final class ByteKey implements Comparable<ByteKey> {
  private final byte[] bytes;

  ByteKey(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(ByteKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /** Whether this is what stands at an offset. */
  boolean isAt(byte[] other, int offset, int length) {
    return Arrays.equals(bytes, 0, bytes.length, other, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
