package io.oarlock.enforcer.wire;

/**
 * What two ends have after a handshake: each other's proved identity, and keys nobody else has.
 * Each direction has its own key, so that a record cannot be sent back to where it came from.
 */
public final class Session {
  private static final String INITIATOR = "oarlock/1 traffic initiator";
  private static final String RESPONDER = "oarlock/1 traffic responder";
  private static final String EXPORTER = "oarlock/1 exporter ";

  private final Profile peer;
  private final Protection protection;
  private final byte[] transcript;
  private final byte[] master;
  private final String own;
  private final String others;

  private Session(
      Profile peer,
      Protection protection,
      byte[] transcript,
      byte[] common,
      String own,
      String others) {
    this.peer = peer;
    this.protection = protection;
    this.transcript = transcript;
    this.master = Primitives.extract(transcript, common);
    this.own = own;
    this.others = others;
  }

  static Session ofInitiator(
      Profile peer, Protection protection, byte[] transcript, byte[] common) {
    return new Session(peer, protection, transcript, common, INITIATOR, RESPONDER);
  }

  static Session ofResponder(
      Profile peer, Protection protection, byte[] transcript, byte[] common) {
    return new Session(peer, protection, transcript, common, RESPONDER, INITIATOR);
  }

  public Profile peer() {
    return peer;
  }

  public Protection protection() {
    return protection;
  }

  /** SHA-256 of the whole exchange: the same at both ends, and at no other two. */
  public byte[] transcript() {
    return transcript.clone();
  }

  /** Seals what this end sends; to be made once. */
  public Sealer sealer() {
    return new Sealer(new TrafficKey(expand(own), protection));
  }

  /** Opens what the other end sends; to be made once. */
  public Opener opener() {
    return new Opener(new TrafficKey(expand(others), protection));
  }

  /** A secret for something else on top of it, such as the binding of a channel. */
  public byte[] export(String label, int length) {
    return Primitives.expand(master, EXPORTER + label, length);
  }

  private byte[] expand(String label) {
    return Primitives.expand(master, label, Primitives.HASH_BYTES);
  }
}
