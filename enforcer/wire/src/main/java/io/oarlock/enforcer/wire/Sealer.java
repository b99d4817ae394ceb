package io.oarlock.enforcer.wire;

/** Makes records of what one end sends. For one thread at a time. */
public final class Sealer {
  private static final byte[] NOTHING = {};

  private final TrafficKey key;
  private boolean ended;

  Sealer(TrafficKey key) {
    this.key = key;
  }

  /**
   * Seals up to {@link Records#PLAIN_MAX} bytes.
   *
   * @param out must have room for {@link Records#OVERHEAD_BYTES} more than that
   * @return how long the record is
   */
  public int data(byte[] in, int from, int length, byte[] out, int at) {
    if (length < 1 || length > Records.PLAIN_MAX) {
      throw new IllegalArgumentException("A record carries 1 to " + Records.PLAIN_MAX + " bytes");
    }
    return seal(Records.Type.DATA, in, from, length, out, at);
  }

  /** The record that says nothing more will come. */
  public byte[] end() {
    return last(Records.Type.END);
  }

  /** The record that gives the connection up. */
  public byte[] abort() {
    return last(Records.Type.ABORT);
  }

  private byte[] last(Records.Type type) {
    var out = new byte[Records.OVERHEAD_BYTES];
    seal(type, NOTHING, 0, 0, out, 0);
    ended = true;
    return out;
  }

  private int seal(Records.Type type, byte[] in, int from, int length, byte[] out, int at) {
    if (ended) {
      throw new IllegalStateException("The end was sealed already");
    }
    var sealed = length + TrafficKey.TAG_BYTES;
    out[at] = type.code();
    out[at + 1] = (byte) (sealed >> 8);
    out[at + 2] = (byte) sealed;
    key.seal(in, from, length, out, at, Records.HEAD_BYTES);
    return Records.HEAD_BYTES + sealed;
  }
}
