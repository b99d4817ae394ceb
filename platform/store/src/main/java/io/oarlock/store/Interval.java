package io.oarlock.store;

import java.util.Arrays;

/** Keys from {@code low}, included, to {@code high}, excluded. */
final class Interval {
  private final byte[] low;
  private final byte[] high;
  private final boolean point;

  Interval(byte[] low, byte[] high, boolean point) {
    this.low = low;
    this.high = high;
    this.point = point;
  }

  byte[] low() {
    return low;
  }

  byte[] high() {
    return high;
  }

  /** Whether it holds one value, so that what follows in the keys is ordered, too. */
  boolean point() {
    return point;
  }

  /** All keys that start so. */
  static Interval prefix(byte[] prefix) {
    return new Interval(prefix, Keys.after(prefix), true);
  }

  static Interval range(byte[] low, byte[] high) {
    return new Interval(low, high, false);
  }

  Interval under(byte[] prefix) {
    return new Interval(Keys.join(prefix, low), Keys.join(prefix, high), point);
  }

  boolean holds(byte[] key) {
    return Arrays.compareUnsigned(low, key) <= 0 && Arrays.compareUnsigned(key, high) < 0;
  }

  boolean isEmpty() {
    return Arrays.compareUnsigned(low, high) >= 0;
  }
}
