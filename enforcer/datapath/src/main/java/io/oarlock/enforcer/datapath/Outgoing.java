package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.enforcer.wire.Initiator;
import io.oarlock.enforcer.wire.Protection;
import java.util.Optional;

/** A connection a unit of this host opens. */
final class Outgoing extends Flow {

  Outgoing(Datapath path, Gate accepted) {
    super(path, accepted, Side.INITIATOR);
  }

  @Override
  void proceed() {
    var target = wanted().target();
    if (path.isOwnListener(target)) {
      throw new Refused("it would go round in a circle: " + target + " is the enforcer itself");
    }
    var service = path.localService(target);
    if (service.isPresent()) {
      toUnit(service.get());
    } else if (path.snapshot().needsHandshake(target.getAddress(), traffic())) {
      connect(target, this::shakeHands);
    } else {
      toExternal();
    }
  }

  /** Both ends are of this host: both sides are decided here, and no byte leaves it. */
  private void toUnit(Unit service) {
    var unit = wanted().unit();
    peer(service);
    var verdict =
        decide(snapshot -> {
          var connection = between(unit.tags(), service.tags());
          var initiator = snapshot.policies().decide(connection, Side.INITIATOR);
          return initiator.allowed()
              ? snapshot.policies().decide(connection, Side.RECEIVER)
              : initiator;
        });
    connect(wanted().target(), () -> live(accepted, connected(), Optional.empty(), verdict));
  }

  private void toExternal() {
    var unit = wanted().unit();
    var address = wanted().target().getAddress();
    var verdict =
        decide(snapshot ->
            Externals.decide(
                snapshot, unit, address, traffic(), Side.INITIATOR, path.clock().instant()));
    Externals.checkEncryption(verdict);
    connect(wanted().target(), () -> live(accepted, connected(), Optional.empty(), verdict));
  }

  private void shakeHands() {
    var initiator =
        new Initiator(
            path.local(wanted().unit()),
            Datapath.audience(wanted().target()),
            Protection.AUTHORISE);
    var wire = connected();
    wire.send(initiator.syn());
    wire.open(new FrameSink(frame -> guarded(() -> answered(initiator, frame)), this::refuse));
    wire.read(true);
  }

  private void answered(Initiator initiator, byte[] frame) {
    var answered = initiator.answered(frame);
    peer(answered.peer());
    Verdict verdict =
        decide(snapshot ->
            snapshot
                .policies()
                .decide(between(wanted().unit().tags(), answered.peer().tags()), Side.INITIATOR));
    var agreed = answered.agree(protection(verdict));
    var wire = connected();
    wire.send(agreed.ack());
    live(accepted, wire, Optional.of(agreed.session()), verdict);
  }
}
