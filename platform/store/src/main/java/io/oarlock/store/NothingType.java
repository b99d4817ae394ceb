package io.oarlock.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** The values of a map whose keys say everything. */
final class NothingType extends BasicDataType<byte[]> {
  static final NothingType INSTANCE = new NothingType();
  static final byte[] NOTHING = {};

  private NothingType() {}

  @Override
  public int getMemory(byte[] nothing) {
    return 0;
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
  public void write(WriteBuffer target, byte[] nothing) {}

  @Override
  public void write(WriteBuffer target, Object storage, int length) {}

  @Override
  public byte[] read(ByteBuffer source) {
    return NOTHING;
  }

  @Override
  public void read(ByteBuffer source, Object storage, int length) {
    Arrays.fill((byte[][]) storage, 0, length, NOTHING);
  }
}
