package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.enforcer.wire.Responder;
import io.oarlock.enforcer.wire.Session;
import java.util.Optional;

/**
 * A connection somebody opens to a unit of this host; the unit sees nothing before it is allowed.
 */
final class Incoming extends Flow {

  Incoming(Datapath path, Gate accepted) {
    super(path, accepted, Side.RECEIVER);
  }

  @Override
  void proceed() {
    var source = accepted.channel().remoteAddress().getAddress();
    if (path.snapshot().needsHandshake(source, traffic())) {
      accepted.open(new FrameSink(frame -> guarded(() -> asked(frame)), this::refuse));
      accepted.read(true);
      return;
    }
    var unit = wanted().unit();
    var verdict =
        decide(snapshot ->
            Externals.decide(
                snapshot, unit, source, traffic(), Side.RECEIVER, path.clock().instant()));
    Externals.checkEncryption(verdict);
    connect(wanted().target(), () -> live(connected(), accepted, Optional.empty(), verdict));
  }

  private void asked(byte[] frame) {
    shaking();
    var unit = wanted().unit();
    var responder = Responder.asked(path.local(unit), frame, wanted().audiences());
    peer(responder.peer());
    Verdict verdict =
        decide(snapshot ->
            snapshot
                .policies()
                .decide(between(responder.peer().tags(), unit.tags()), Side.RECEIVER));
    var answer = responder.answer(protection(verdict));
    accepted.send(answer.synAck());
    accepted.open(
        new FrameSink(ack -> guarded(() -> agreed(answer.agreed(ack), verdict)), this::refuse));
  }

  private void agreed(Session session, Verdict verdict) {
    accepted.read(false);
    accepted.hold();
    connect(wanted().target(), () -> live(connected(), accepted, Optional.of(session), verdict));
  }
}
