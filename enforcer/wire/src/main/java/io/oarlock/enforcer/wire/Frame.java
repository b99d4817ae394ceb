package io.oarlock.enforcer.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One message of the handshake as it travels: {@code OARL}, version, type, length of the body (2
 * bytes, big-endian), the body in JSON, its signature (r and s, 64 bytes) and, but for the first
 * message, a MAC (32 bytes). The refusal is a head alone.
 */
public final class Frame {
  /** Longest frame, in bytes; a longer one is refused by its head. */
  public static final int BYTES_MAX = 8 * 1024;

  /** How many bytes tell the length of the whole. */
  public static final int HEAD_BYTES = 8;

  private static final byte[] MAGIC = "OARL".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_AT = 4;
  private static final int TYPE_AT = 5;
  private static final int LENGTH_AT = 6;
  private static final byte VERSION = 1;

  /** Which message it is. */
  enum Type {
    SYN(1, Primitives.SIGNATURE_BYTES),
    SYN_ACK(2, Primitives.SIGNATURE_BYTES + Primitives.HASH_BYTES),
    ACK(3, Primitives.SIGNATURE_BYTES + Primitives.HASH_BYTES),
    REFUSAL(15, 0);

    private final byte code;
    private final int proofBytes;

    Type(int code, int proofBytes) {
      this.code = (byte) code;
      this.proofBytes = proofBytes;
    }

    static Type of(byte code) {
      for (var type : values()) {
        if (type.code == code) {
          return type;
        }
      }
      throw new WireException(Reason.MALFORMED, "No message has the type " + code);
    }
  }

  private final Type type;
  private final byte[] bytes;

  private Frame(Type type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** The one answer to everything refused: it does not say why. */
  public static byte[] refusal() {
    return head(Type.REFUSAL, 0);
  }

  /** Whether a stream that begins so could be this protocol; for fewer bytes than a head, too. */
  public static boolean couldBegin(byte[] start) {
    var length = Math.min(start.length, MAGIC.length);
    return Arrays.equals(start, 0, length, MAGIC, 0, length);
  }

  /**
   * How long the frame is that begins with this head.
   *
   * @throws WireException when none begins so
   */
  public static int lengthOf(byte[] head) {
    if (head.length < HEAD_BYTES || !couldBegin(head)) {
      throw new WireException(Reason.MALFORMED, "No frame begins like this");
    }
    if (head[VERSION_AT] != VERSION) {
      throw new WireException(Reason.WRONG_VERSION, "The version is " + head[VERSION_AT]);
    }
    var type = Type.of(head[TYPE_AT]);
    var body = Short.toUnsignedInt(ByteBuffer.wrap(head).getShort(LENGTH_AT));
    var length = HEAD_BYTES + body + type.proofBytes;
    if (length > BYTES_MAX || (type == Type.REFUSAL && body > 0)) {
      throw new WireException(Reason.MALFORMED, "A frame of " + length + " bytes is too long");
    }
    return length;
  }

  /** The body behind its head: what is signed. */
  static byte[] core(Type type, byte[] body) {
    return join(head(type, body.length), body);
  }

  static byte[] join(byte[]... parts) {
    var length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var all = ByteBuffer.allocate(length);
    for (var part : parts) {
      all.put(part);
    }
    return all.array();
  }

  private static byte[] head(Type type, int bodyBytes) {
    if (HEAD_BYTES + bodyBytes + type.proofBytes > BYTES_MAX) {
      throw new IllegalArgumentException(
          "A handshake message has at most %d bytes; give the unit fewer tags."
              .formatted(BYTES_MAX));
    }
    return ByteBuffer.allocate(HEAD_BYTES)
        .put(MAGIC)
        .put(VERSION)
        .put(type.code)
        .putShort((short) bodyBytes)
        .array();
  }

  /** Reads exactly one frame of that type. */
  static Frame read(byte[] bytes, Type expected) {
    if (bytes.length < HEAD_BYTES || lengthOf(bytes) != bytes.length) {
      throw new WireException(Reason.MALFORMED, "A frame is shorter or longer than its head says");
    }
    var type = Type.of(bytes[TYPE_AT]);
    if (type == Type.REFUSAL) {
      throw new WireException(Reason.REFUSED_BY_PEER, "The peer refused; its log says why");
    }
    if (type != expected) {
      throw new WireException(
          Reason.UNEXPECTED_MESSAGE, "A " + type + " came in place of a " + expected);
    }
    return new Frame(type, bytes.clone());
  }

  byte[] bytes() {
    return bytes;
  }

  byte[] core() {
    return Arrays.copyOf(bytes, bytes.length - type.proofBytes);
  }

  byte[] body() {
    return Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length - type.proofBytes);
  }

  byte[] signature() {
    var start = bytes.length - type.proofBytes;
    return Arrays.copyOfRange(bytes, start, start + Primitives.SIGNATURE_BYTES);
  }

  byte[] mac() {
    return Arrays.copyOfRange(bytes, bytes.length - Primitives.HASH_BYTES, bytes.length);
  }
}
