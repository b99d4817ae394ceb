package io.oarlock.enforcer.wire;

import java.util.Arrays;

/** A value of fixed length, compared without telling by the time it takes where it differs. */
final class Bytes {
  private final byte[] value;

  Bytes(byte[] value) {
    this.value = value.clone();
  }

  byte[] value() {
    return value.clone();
  }

  String text() {
    return Base64Url.encode(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Primitives.same(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return text();
  }
}
