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
  private static final byte[] NONE = {};

  private KeyType() {}

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  public int getMemory(byte[] key) {
    return key.length + OBJECT_BYTES;
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
    var out = new ByteSink(length * 32);
    var before = NONE;
    for (var i = 0; i < length; i++) {
      var mismatch = Arrays.mismatch(before, keys[i]);
      var shared = mismatch < 0 ? before.length : mismatch;
      var rest = keys[i].length - shared;
      out.varLong(shared).varLong(rest).raw(keys[i], shared, rest);
      before = keys[i];
    }
    target.put(out.toBytes());
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
