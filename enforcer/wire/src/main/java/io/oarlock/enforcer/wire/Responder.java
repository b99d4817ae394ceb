package io.oarlock.enforcer.wire;

import java.util.Arrays;
import java.util.Set;

/**
 * The end that is asked: learns from the first message who asks, decides, answers, and hands out a
 * session only for a third message that proves the first was no replay. For one handshake, and one
 * thread at a time.
 */
public final class Responder {
  private final Local local;
  private final byte[] syn;
  private final Bodies.Syn offer;
  private final Profile peer;

  private Responder(Local local, byte[] syn, Bodies.Syn offer, Profile peer) {
    this.local = local;
    this.syn = syn;
    this.offer = offer;
    this.peer = peer;
  }

  /**
   * Reads a first message; what is cheap to refuse is looked at first.
   *
   * @param audiences what this end is called: addresses and ports it can be dialled at
   * @throws WireException when the other end is not to be talked to
   */
  public static Responder asked(Local local, byte[] bytes, Set<String> audiences) {
    var frame = Frame.read(bytes, Frame.Type.SYN);
    var offer = Bodies.Syn.read(frame.body());
    if (!offer.suites().contains(Transcript.SUITE)) {
      throw new WireException(Reason.NO_COMMON_SUITE, "The other end offers no suite known here");
    }
    if (!audiences.contains(offer.audience())) {
      throw new WireException(
          Reason.WRONG_AUDIENCE,
          "Meant for %s, received by %s".formatted(offer.audience(), audiences));
    }
    local.freshness().checkTime(offer.time());
    var peer = local.trust().verify(offer.profile());
    if (Arrays.equals(peer.hash(), local.identity().hash())) {
      throw new WireException(Reason.REFLECTED, "The other end claims to be this end");
    }
    if (!Primitives.verify(peer.key(), Transcript.synMessage(frame.core()), frame.signature())) {
      throw new WireException(Reason.FORGED, "The message is not signed by " + peer);
    }
    local.checkEpoch(offer.epoch());
    local.freshness().checkNew(offer.nonce().value());
    return new Responder(local, frame.bytes(), offer, peer);
  }

  public Profile peer() {
    return peer;
  }

  /** Answers, with at least that protection: the strongest anybody asked for counts. */
  public Answer answer(Protection asked) {
    var secret = Primitives.random(local.random(), Primitives.SHARE_BYTES);
    var common = Primitives.agree(secret, offer.share().value());
    var body =
        new Bodies.SynAck(
            Transcript.SUITE,
            new Bytes(Primitives.random(local.random(), Bodies.NONCE_BYTES)),
            new Bytes(Primitives.shareOf(secret)),
            local.identity().profile(),
            offer.protection().orStronger(asked),
            local.epoch());
    var core = Frame.core(Frame.Type.SYN_ACK, body.write());
    var h2 = Primitives.sha256(syn, core);
    var macs = new Transcript.Macs(common, h2);
    var signature = local.identity().sign(Transcript.synAckMessage(h2));
    var mac = macs.ofResponder(local.identity().hash(), peer.hash(), h2, signature);
    return new Answer(body, Frame.join(core, signature, mac), common, macs);
  }

  /** Waits for the third message. */
  public final class Answer {
    private final Bodies.SynAck body;
    private final byte[] synAck;
    private final byte[] common;
    private final Transcript.Macs macs;

    private Answer(Bodies.SynAck body, byte[] synAck, byte[] common, Transcript.Macs macs) {
      this.body = body;
      this.synAck = synAck;
      this.common = common;
      this.macs = macs;
    }

    /** The second message. */
    public byte[] synAck() {
      return synAck.clone();
    }

    /**
     * Reads the third message; only now is the other end known to be there.
     *
     * @throws WireException when the other end is not to be talked to
     */
    public Session agreed(byte[] bytes) {
      var frame = Frame.read(bytes, Frame.Type.ACK);
      var ack = Bodies.Ack.read(frame.body());
      var h3 = Primitives.sha256(syn, synAck, frame.core());
      if (!Primitives.verify(peer.key(), Transcript.ackMessage(h3), frame.signature())) {
        throw new WireException(Reason.FORGED, "The agreement is not signed by " + peer);
      }
      var mac = macs.ofInitiator(peer.hash(), local.identity().hash(), h3, frame.signature());
      if (!Primitives.same(mac, frame.mac()) || !repeats(ack)) {
        throw new WireException(Reason.FORGED, "The agreement is about another exchange");
      }
      if (ack.protection().compareTo(body.protection()) < 0) {
        throw new WireException(
            Reason.DOWNGRADED,
            "Asked for %s, got %s".formatted(body.protection(), ack.protection()));
      }
      var transcript = Primitives.sha256(syn, synAck, frame.bytes());
      return Session.ofResponder(peer, ack.protection(), transcript, common);
    }

    private boolean repeats(Bodies.Ack ack) {
      return ack.initiatorNonce().equals(offer.nonce())
          && ack.responderNonce().equals(body.nonce())
          && ack.transcript().equals(new Bytes(Primitives.sha256(syn, synAck)));
    }
  }
}
