package io.oarlock.enforcer.wire;

/**
 * Opens the records of the other end, in the order they were sent. After the first that is not as
 * it was sent nothing is opened any more. For one thread at a time.
 */
public final class Opener {
  private final TrafficKey key;
  private boolean ended;
  private boolean broken;

  Opener(TrafficKey key) {
    this.key = key;
  }

  /** What was in a record: of {@code DATA}, how many bytes were written to the output. */
  public record Opened(Records.Type type, int length) {}

  /**
   * Opens one whole record.
   *
   * @param length as {@link Records#lengthOf} told
   * @param out must have room for {@link Records#PLAIN_MAX} bytes
   * @throws WireException when it is not the next record of the other end
   */
  public Opened open(byte[] in, int at, int length, byte[] out, int to) {
    if (broken || ended) {
      throw new WireException(Reason.TAMPERED, "A record follows the last one");
    }
    broken = true;
    if (Records.lengthOf(in, at) != length || length > in.length - at) {
      throw new WireException(Reason.MALFORMED, "A record is not as long as it says");
    }
    var sealed = length - Records.HEAD_BYTES;
    var plain = key.open(in, at, Records.HEAD_BYTES, sealed, out, to);
    var type = Records.Type.of(in[at]);
    broken = false;
    ended = type != Records.Type.DATA;
    return new Opened(type, plain);
  }

  /**
   * To be called when the stream has no more bytes.
   *
   * @throws WireException when the other end did not say so itself
   */
  public void finish() {
    if (!ended) {
      throw new WireException(
          Reason.TRUNCATED,
          "The stream ended in the middle: somebody on the way cut it, or a crash");
    }
  }
}
