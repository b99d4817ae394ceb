package io.oarlock.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Keys in unsigned order. Neighbours have much in common (index, namespace, value), so in the file
 * each is written without what it shares with the one before it.
 */
final class KeyType extends BasicDataType<byte[]> {
  static final KeyType INSTANCE = new KeyType();

  private static final int OBJECT_BYTES = 16;
  private static final int NUMBER_BYTES_MAX = 5;
  private static final byte[] NONE = {};

  private KeyType() {}

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  /** As the inherited one does, but in a loop of its own, which the JIT compiles for these keys. */
  @Override
  public int binarySearch(byte[] key, Object storage, int size, int guess) {
    var keys = (byte[][]) storage;
    var low = 0;
    var high = size - 1;
    var at = guess < 1 || guess > size ? high >>> 1 : guess - 1;
    while (low <= high) {
      var order = Arrays.compareUnsigned(key, keys[at]);
      if (order > 0) {
        low = at + 1;
      } else if (order < 0) {
        high = at - 1;
      } else {
        return at;
      }
      at = (low + high) >>> 1;
    }
    return -(low + 1);
  }

  @Override
  public int getMemory(byte[] key) {
    return key.length + OBJECT_BYTES;
  }

  /** Exact, which costs less than the guess it would save. */
  @Override
  public boolean isMemoryEstimationAllowed() {
    return false;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }

  @Override
  public void write(WriteBuffer target, byte[] key) {
    write(target, new byte[][] {key}, 1);
  }

  @Override
  public void write(WriteBuffer target, Object storage, int length) {
    var keys = (byte[][]) storage;
    var out = new byte[room(keys, length)];
    var at = 0;
    var before = NONE;
    for (var i = 0; i < length; i++) {
      var key = keys[i];
      var mismatch = Arrays.mismatch(before, key);
      var shared = mismatch < 0 ? before.length : mismatch;
      var rest = key.length - shared;
      at = number(out, at, shared);
      at = number(out, at, rest);
      System.arraycopy(key, shared, out, at, rest);
      at += rest;
      before = key;
    }
    target.put(out, 0, at);
  }

  private static int room(byte[][] keys, int length) {
    var room = 0;
    for (var i = 0; i < length; i++) {
      room += keys[i].length + 2 * NUMBER_BYTES_MAX;
    }
    return room;
  }

  private static int number(byte[] out, int at, int number) {
    var rest = number;
    var next = at;
    while (rest > 0x7F) {
      out[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[next++] = (byte) rest;
    return next;
  }

  @Override
  public byte[] read(ByteBuffer source) {
    return read(source, NONE);
  }

  @Override
  public void read(ByteBuffer source, Object storage, int length) {
    var keys = (byte[][]) storage;
    var before = NONE;
    for (var i = 0; i < length; i++) {
      before = read(source, before);
      keys[i] = before;
    }
  }

  private static byte[] read(ByteBuffer source, byte[] before) {
    var shared = DataUtils.readVarInt(source);
    var rest = DataUtils.readVarInt(source);
    var key = Arrays.copyOf(before, shared + rest);
    source.get(key, shared, rest);
    return key;
  }
}
