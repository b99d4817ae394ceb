package io.oarlock.enforcer.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeTest {
  private final Fixture fixture = new Fixture();
  private final Random random = new Random(1);

  @ParameterizedTest
  @EnumSource
  void bothEndsKnowEachOtherAndShareKeys(Protection protection) {
    var pair = fixture.shake(Protection.AUTHORISE, protection);
    assertThat(pair.responder().peer().tags()).contains("role=frontend");
    assertThat(pair.initiator().peer().unit()).isEqualTo("backend-1");
    assertThat(pair.initiator().protection()).isEqualTo(protection);
    assertThat(pair.responder().protection()).isEqualTo(protection);
    assertThat(pair.initiator().transcript()).isEqualTo(pair.responder().transcript());
    assertThat(pair.initiator().export("x", 32)).isEqualTo(pair.responder().export("x", 32));
  }

  @Test
  void theStrongerWishForProtectionCounts() {
    assertThat(fixture.shake(Protection.ENCRYPT, Protection.INTEGRITY).responder().protection())
        .isEqualTo(Protection.ENCRYPT);
    assertThat(fixture.shake(Protection.AUTHORISE, Protection.INTEGRITY).responder().protection())
        .isEqualTo(Protection.INTEGRITY);
  }

  @Test
  void everyConnectionHasItsOwnKeys() {
    var one = fixture.shake(Protection.ENCRYPT, Protection.ENCRYPT).initiator();
    var two = fixture.shake(Protection.ENCRYPT, Protection.ENCRYPT).initiator();
    assertThat(one.export("x", 32)).isNotEqualTo(two.export("x", 32));
  }

  @Test
  void theFirstMessageFitsAPacket() {
    assertThat(fixture.initiator().syn()).hasSizeLessThan(2048);
  }

  @Test
  void noByteOfTheFirstMessageCanBeChanged() {
    var syn = fixture.initiator().syn();
    everyByteCounts(syn, changed -> fixture.asked(changed));
  }

  @Test
  void noByteOfTheSecondMessageCanBeChanged() {
    var initiator = fixture.initiator();
    var synAck = fixture.asked(initiator.syn()).answer(Protection.ENCRYPT).synAck();
    everyByteCounts(synAck, changed -> initiator.answered(changed));
  }

  @Test
  void noByteOfTheThirdMessageCanBeChanged() {
    var initiator = fixture.initiator();
    var answer = fixture.asked(initiator.syn()).answer(Protection.ENCRYPT);
    var ack = initiator.answered(answer.synAck()).agree(Protection.ENCRYPT).ack();
    everyByteCounts(ack, changed -> answer.agreed(changed));
  }

  @Test
  void aMessageSentAgainIsRefused() {
    var syn = fixture.initiator().syn();
    fixture.asked(syn);
    refused(Reason.REPLAYED, () -> fixture.asked(syn));
    fixture.clock.now = Fixture.NOON.plusSeconds(31);
    refused(Reason.CLOCK_SKEW, () -> fixture.asked(syn));
  }

  @Test
  void aReplayToAReceiverThatForgotEverythingGetsNoSession() {
    var initiator = fixture.initiator();
    var first = fixture.asked(initiator.syn()).answer(Protection.ENCRYPT);
    var ack = initiator.answered(first.synAck()).agree(Protection.ENCRYPT).ack();
    var restarted = fixture.local(fixture.backend.identity());
    var again =
        Responder.asked(restarted, initiator.syn(), Set.of(Fixture.AUDIENCE))
            .answer(Protection.ENCRYPT);
    refused(Reason.FORGED, () -> again.agreed(ack));
  }

  @Test
  void aMessageForAnotherReceiverIsRefused() {
    var syn = fixture.initiator().syn();
    refused(
        Reason.WRONG_AUDIENCE,
        () -> Responder.asked(fixture.backend, syn, Set.of("10.0.0.3:8080")));
  }

  @Test
  void ownMessagesSentBackAreRefused() {
    var initiator = fixture.initiator();
    refused(
        Reason.REFLECTED,
        () -> Responder.asked(fixture.frontend, initiator.syn(), Set.of(Fixture.AUDIENCE)));
    refused(Reason.UNEXPECTED_MESSAGE, () -> initiator.answered(initiator.syn()));
    var mirror =
        Responder.asked(
            fixture.local(fixture.backend.identity()), initiator.syn(), Set.of(Fixture.AUDIENCE));
    assertThat(mirror.peer().unit()).isEqualTo("frontend-1");
  }

  /** A third, rightful unit answers in place of the one that was asked, or passes an answer on. */
  @Test
  void anAnswerToSomebodyElseIsRefused() {
    var mallory = fixture.local("host-m", "mallory-1", Set.of("app=web"));
    var victim = fixture.initiator();
    var other = new Initiator(mallory, Fixture.AUDIENCE, Protection.AUTHORISE);
    var answerToMallory = fixture.asked(other.syn()).answer(Protection.AUTHORISE);
    refused(Reason.FORGED, () -> victim.answered(answerToMallory.synAck()));
    var answerToVictim = fixture.asked(victim.syn()).answer(Protection.AUTHORISE);
    var agreed = victim.answered(answerToVictim.synAck()).agree(Protection.AUTHORISE);
    refused(Reason.FORGED, () -> answerToMallory.agreed(agreed.ack()));
  }

  /** Mallory signs the victim's exchange anew under her own name: identity misbinding. */
  @Test
  void anExchangeCannotBeSignedUnderAnotherName() {
    var mallory = fixture.local("host-m", "mallory-1", Set.of("app=web"));
    var victim = fixture.initiator();
    var frame = Frame.read(victim.syn(), Frame.Type.SYN);
    var offer = Bodies.Syn.read(frame.body());
    var stolen =
        new Bodies.Syn(
            offer.suites(),
            offer.nonce(),
            offer.share(),
            mallory.identity().profile(),
            offer.audience(),
            offer.time(),
            offer.protection(),
            offer.epoch());
    var core = Frame.core(Frame.Type.SYN, stolen.write());
    var syn = Frame.join(core, mallory.identity().sign(Transcript.synMessage(core)));
    var answer = fixture.asked(syn).answer(Protection.AUTHORISE);
    refused(Reason.FORGED, () -> victim.answered(answer.synAck()));
  }

  @Test
  void protectionCanOnlyGrow() {
    var initiator = new Initiator(fixture.frontend, Fixture.AUDIENCE, Protection.ENCRYPT);
    var weak = answerWith(initiator, Protection.AUTHORISE);
    refused(Reason.DOWNGRADED, () -> initiator.answered(weak));
  }

  @Test
  void theThirdMessageCannotAskForLess() {
    var initiator = fixture.initiator();
    var answer = fixture.asked(initiator.syn()).answer(Protection.ENCRYPT);
    var peers = Bodies.SynAck.read(Frame.read(answer.synAck(), Frame.Type.SYN_ACK).body());
    var synAck = answer.synAck();
    var body =
        new Bodies.Ack(
            Bodies.Syn.read(Frame.read(initiator.syn(), Frame.Type.SYN).body()).nonce(),
            peers.nonce(),
            new Bytes(Primitives.sha256(initiator.syn(), synAck)),
            Protection.AUTHORISE);
    var secret = ((Fixture.Recording) fixture.frontend.random()).given.getFirst();
    var h2 = Primitives.sha256(initiator.syn(), Frame.read(synAck, Frame.Type.SYN_ACK).core());
    var macs = new Transcript.Macs(Primitives.agree(secret, peers.share().value()), h2);
    var core = Frame.core(Frame.Type.ACK, body.write());
    var h3 = Primitives.sha256(initiator.syn(), synAck, core);
    var signature = fixture.frontend.identity().sign(Transcript.ackMessage(h3));
    var mac =
        macs.ofInitiator(
            fixture.frontend.identity().hash(), fixture.backend.identity().hash(), h3, signature);
    refused(Reason.DOWNGRADED, () -> answer.agreed(Frame.join(core, signature, mac)));
  }

  @Test
  void aPeerWithOldPoliciesIsRefused() {
    var old = fixture.backend;
    var behind =
        new Local(old.identity(), old.trust(), old.freshness(), old.clock(), old.random(), 4, 0);
    var initiator = fixture.initiator();
    var answer =
        Responder.asked(behind, initiator.syn(), Set.of(Fixture.AUDIENCE))
            .answer(Protection.ENCRYPT);
    refused(Reason.STALE_EPOCH, () -> initiator.answered(answer.synAck()));
    var asking = new Initiator(behind, Fixture.AUDIENCE, Protection.ENCRYPT);
    refused(
        Reason.STALE_EPOCH,
        () -> Responder.asked(fixture.frontend, asking.syn(), Set.of(Fixture.AUDIENCE)));
  }

  @Test
  void aFullMemoryOfNoncesLetsNothingThrough() {
    var backend = fixture.backend;
    var small = new Freshness(fixture.clock, 2);
    var full =
        new Local(
            backend.identity(), backend.trust(), small, backend.clock(), backend.random(), 7, 0);
    Responder.asked(full, fixture.initiator().syn(), Set.of(Fixture.AUDIENCE));
    Responder.asked(full, fixture.initiator().syn(), Set.of(Fixture.AUDIENCE));
    refused(
        Reason.OVERLOADED,
        () -> Responder.asked(full, fixture.initiator().syn(), Set.of(Fixture.AUDIENCE)));
    fixture.clock.now = Fixture.NOON.plusSeconds(121);
    Responder.asked(full, fixture.initiator().syn(), Set.of(Fixture.AUDIENCE));
  }

  @Test
  void aRefusalTellsNothing() {
    assertThat(Frame.refusal()).hasSize(Frame.HEAD_BYTES);
    refused(Reason.REFUSED_BY_PEER, () -> fixture.initiator().answered(Frame.refusal()));
  }

  @Test
  void aBodyWithAMemberTwiceOrOneMoreIsRefused() {
    var body =
        new String(
            Frame.read(fixture.initiator().syn(), Frame.Type.SYN).body(), StandardCharsets.UTF_8);
    refused(Reason.MALFORMED, () -> fixture.asked(signed(body.replace("{", "{\"epoch\":9,"))));
    refused(Reason.MALFORMED, () -> fixture.asked(signed(body.replace("{", "{\"alg\":\"none\","))));
    refused(Reason.MALFORMED, () -> fixture.asked(signed(body + " ,")));
    refused(
        Reason.MALFORMED,
        () -> fixture.asked(signed(body.replace("\"epoch\":7", "\"epoch\":7.0"))));
    refused(
        Reason.NO_COMMON_SUITE,
        () -> fixture.asked(signed(body.replace("OARLOCK-1", "OARLOCK-0"))));
  }

  private byte[] signed(String body) {
    var core = Frame.core(Frame.Type.SYN, body.getBytes(StandardCharsets.UTF_8));
    return Frame.join(core, fixture.frontend.identity().sign(Transcript.synMessage(core)));
  }

  /** An answer whose signature and MAC are right, and whose protection is whatever is asked for. */
  private byte[] answerWith(Initiator initiator, Protection protection) {
    var syn = initiator.syn();
    var offer = Bodies.Syn.read(Frame.read(syn, Frame.Type.SYN).body());
    var secret = Primitives.random(fixture.backend.random(), Primitives.SHARE_BYTES);
    var identity = fixture.backend.identity();
    var body =
        new Bodies.SynAck(
            Transcript.SUITE,
            new Bytes(Primitives.random(fixture.backend.random(), Bodies.NONCE_BYTES)),
            new Bytes(Primitives.shareOf(secret)),
            identity.profile(),
            protection,
            7);
    var core = Frame.core(Frame.Type.SYN_ACK, body.write());
    var h2 = Primitives.sha256(syn, core);
    var macs = new Transcript.Macs(Primitives.agree(secret, offer.share().value()), h2);
    var signature = identity.sign(Transcript.synAckMessage(h2));
    var initiatorHash = fixture.frontend.identity().hash();
    return Frame.join(
        core, signature, macs.ofResponder(identity.hash(), initiatorHash, h2, signature));
  }

  private void everyByteCounts(byte[] message, Consumer<byte[]> receiver) {
    for (var i = 0; i < message.length; i++) {
      var changed = message.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      var at = i;
      assertThatExceptionOfType(WireException.class)
          .as("byte %d", at)
          .isThrownBy(() -> receiver.accept(changed));
    }
  }

  static void refused(Reason reason, ThrowingCallable call) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(call)
        .extracting(WireException::reason)
        .isEqualTo(reason);
  }
}
