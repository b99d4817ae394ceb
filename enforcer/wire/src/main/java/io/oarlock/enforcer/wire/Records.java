package io.oarlock.enforcer.wire;

/**
 * The form of a record: type (1 byte), length of what follows (2 bytes, big-endian), sealed body.
 */
public final class Records {
  /** Most bytes of an application in one record. */
  public static final int PLAIN_MAX = 16 * 1024;

  /** Bytes in front of a sealed body. */
  public static final int HEAD_BYTES = 3;

  /** Longest record as it travels. */
  public static final int BYTES_MAX = HEAD_BYTES + PLAIN_MAX + TrafficKey.TAG_BYTES;

  /** How much a record is longer than what it carries. */
  public static final int OVERHEAD_BYTES = HEAD_BYTES + TrafficKey.TAG_BYTES;

  /** What a record is for. */
  public enum Type {
    /** Bytes of the application. */
    DATA(1),
    /** The sender sends nothing more; it may still receive. A stream that ends without was cut. */
    END(2),
    /** The sender gives the connection up, as by a reset. */
    ABORT(3);

    private final byte code;

    Type(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    static Type of(byte code) {
      for (var type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new WireException(Reason.MALFORMED, "No record has the type " + code);
    }
  }

  private Records() {}

  /**
   * How long the record is that begins there.
   *
   * @throws WireException when none begins so
   */
  public static int lengthOf(byte[] head, int at) {
    var type = Type.of(head[at]);
    var sealed = (Byte.toUnsignedInt(head[at + 1]) << 8) | Byte.toUnsignedInt(head[at + 2]);
    var plain = sealed - TrafficKey.TAG_BYTES;
    if (plain < 0 || plain > PLAIN_MAX || (plain == 0) != (type != Type.DATA)) {
      throw new WireException(
          Reason.MALFORMED, "A record %s of %d bytes cannot be".formatted(type, plain));
    }
    return HEAD_BYTES + sealed;
  }
}
