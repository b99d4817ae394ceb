package io.oarlock.enforcer.wire;

import java.util.Arrays;
import java.util.List;

/**
 * The end that opens the connection: sends {@link #syn}, learns from the answer who the other end
 * is, and decides before it sends anything else. For one handshake, and one thread at a time.
 */
public final class Initiator {
  private final Local local;
  private final byte[] secret;
  private final Bodies.Syn offer;
  private final byte[] syn;

  /**
   * Begins.
   *
   * @param audience whom the connection is for, as the receiver knows itself: address and port
   * @param least the least protection this end accepts, whoever the other is
   */
  public Initiator(Local local, String audience, Protection least) {
    this.local = local;
    this.secret = Primitives.random(local.random(), Primitives.SHARE_BYTES);
    this.offer =
        new Bodies.Syn(
            List.of(Transcript.SUITE),
            new Bytes(Primitives.random(local.random(), Bodies.NONCE_BYTES)),
            new Bytes(Primitives.shareOf(secret)),
            local.identity().profile(),
            audience,
            local.clock().instant(),
            least,
            local.epoch());
    var core = Frame.core(Frame.Type.SYN, offer.write());
    this.syn = Frame.join(core, local.identity().sign(Transcript.synMessage(core)));
  }

  /** The first message. */
  public byte[] syn() {
    return syn.clone();
  }

  /**
   * Reads the second message.
   *
   * @throws WireException when the other end is not to be talked to
   */
  public Answered answered(byte[] bytes) {
    var frame = Frame.read(bytes, Frame.Type.SYN_ACK);
    var answer = Bodies.SynAck.read(frame.body());
    check(answer);
    var peer = local.trust().verify(answer.profile());
    if (Arrays.equals(peer.hash(), local.identity().hash())) {
      throw new WireException(Reason.REFLECTED, "The other end claims to be this end");
    }
    var common = Primitives.agree(secret, answer.share().value());
    var h2 = Primitives.sha256(syn, frame.core());
    var macs = new Transcript.Macs(common, h2);
    if (!Primitives.verify(peer.key(), Transcript.synAckMessage(h2), frame.signature())) {
      throw new WireException(Reason.FORGED, "The answer is not signed by " + peer);
    }
    var mac = macs.ofResponder(peer.hash(), local.identity().hash(), h2, frame.signature());
    if (!Primitives.same(mac, frame.mac())) {
      throw new WireException(Reason.FORGED, "The answer is meant for somebody else");
    }
    local.checkEpoch(answer.epoch());
    return new Answered(peer, answer, frame.bytes(), common, macs);
  }

  private void check(Bodies.SynAck answer) {
    if (!offer.suites().contains(answer.suite())) {
      throw new WireException(Reason.NO_COMMON_SUITE, "The answer takes a suite nobody offered");
    }
    if (answer.nonce().equals(offer.nonce()) || answer.share().equals(offer.share())) {
      throw new WireException(Reason.REFLECTED, "The answer repeats what this end sent");
    }
    if (answer.protection().compareTo(offer.protection()) < 0) {
      throw new WireException(
          Reason.DOWNGRADED,
          "Asked for %s, got %s".formatted(offer.protection(), answer.protection()));
    }
  }

  /** The other end is known; nothing was sent to it yet. */
  public final class Answered {
    private final Profile peer;
    private final Bodies.SynAck answer;
    private final byte[] synAck;
    private final byte[] common;
    private final Transcript.Macs macs;

    private Answered(
        Profile peer, Bodies.SynAck answer, byte[] synAck, byte[] common, Transcript.Macs macs) {
      this.peer = peer;
      this.answer = answer;
      this.synAck = synAck;
      this.common = common;
      this.macs = macs;
    }

    public Profile peer() {
      return peer;
    }

    /** Agrees, with at least that protection: the strongest anybody asked for counts. */
    public Agreed agree(Protection asked) {
      var protection = answer.protection().orStronger(asked);
      var body =
          new Bodies.Ack(
              offer.nonce(), answer.nonce(), new Bytes(Primitives.sha256(syn, synAck)), protection);
      var core = Frame.core(Frame.Type.ACK, body.write());
      var h3 = Primitives.sha256(syn, synAck, core);
      var signature = local.identity().sign(Transcript.ackMessage(h3));
      var mac = macs.ofInitiator(local.identity().hash(), peer.hash(), h3, signature);
      var ack = Frame.join(core, signature, mac);
      var transcript = Primitives.sha256(syn, synAck, ack);
      return new Agreed(ack, Session.ofInitiator(peer, protection, transcript, common));
    }
  }

  /** The third message, and what follows it. */
  public static final class Agreed {
    private final byte[] ack;
    private final Session session;

    private Agreed(byte[] ack, Session session) {
      this.ack = ack;
      this.session = session;
    }

    public byte[] ack() {
      return ack.clone();
    }

    public Session session() {
      return session;
    }
  }
}
