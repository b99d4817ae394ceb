package io.oarlock.enforcer.wire;

import java.nio.charset.StandardCharsets;

/**
 * What is signed, authenticated and derived at each step of the handshake: always the exact bytes
 * that travelled, behind a label that names protocol, message and role.
 *
 * <p>This is SIGMA (Krawczyk, CRYPTO 2003): each end signs the exchange, and authenticates its own
 * identity with a key derived from the common secret. Names as in PROTOCOL.md: S1 to S3 are the
 * three frames, T2 and T3 the second and third without their proofs.
 */
final class Transcript {
  static final String SUITE = "OARLOCK-1-X25519-P256-SHA256-A256GCM";

  private static final String SYN_SIGNATURE = "oarlock/1 syn initiator";
  private static final String SYN_ACK_SIGNATURE = "oarlock/1 syn-ack responder";
  private static final String ACK_SIGNATURE = "oarlock/1 ack initiator";
  private static final String RESPONDER_MAC = "oarlock/1 mac responder";
  private static final String INITIATOR_MAC = "oarlock/1 mac initiator";

  private Transcript() {}

  static byte[] synMessage(byte[] t1) {
    return labelled(SYN_SIGNATURE, Primitives.sha256(t1));
  }

  static byte[] synAckMessage(byte[] h2) {
    return labelled(SYN_ACK_SIGNATURE, h2);
  }

  static byte[] ackMessage(byte[] h3) {
    return labelled(ACK_SIGNATURE, h3);
  }

  /** Keys of the two MACs: HKDF of the common secret, salted with the exchange so far. */
  static final class Macs {
    private final byte[] responderKey;
    private final byte[] initiatorKey;

    Macs(byte[] common, byte[] h2) {
      var master = Primitives.extract(h2, common);
      responderKey = Primitives.expand(master, RESPONDER_MAC, Primitives.HASH_BYTES);
      initiatorKey = Primitives.expand(master, INITIATOR_MAC, Primitives.HASH_BYTES);
    }

    byte[] ofResponder(byte[] responder, byte[] initiator, byte[] h2, byte[] signature) {
      return Primitives.hmac(
          responderKey, label(RESPONDER_MAC), responder, initiator, h2, signature);
    }

    byte[] ofInitiator(byte[] initiator, byte[] responder, byte[] h3, byte[] signature) {
      return Primitives.hmac(
          initiatorKey, label(INITIATOR_MAC), initiator, responder, h3, signature);
    }
  }

  private static byte[] labelled(String label, byte[] hash) {
    return Frame.join(label(label), hash);
  }

  private static byte[] label(String label) {
    return (label + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
