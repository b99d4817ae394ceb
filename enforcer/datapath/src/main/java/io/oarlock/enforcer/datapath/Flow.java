package io.oarlock.enforcer.datapath;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import io.oarlock.enforcer.policy.Connection;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.enforcer.wire.Frame;
import io.oarlock.enforcer.wire.Profile;
import io.oarlock.enforcer.wire.Protection;
import io.oarlock.enforcer.wire.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its acceptance to its end; everything happens on the event loop of the
 * channel that was accepted. It is refused unless somebody says otherwise, and once it lives it is
 * asked again whenever policies change.
 */
abstract class Flow {
  final Datapath path;
  final Gate accepted;
  private final Side side;
  private final ScheduledFuture<?> deadline;
  private Entrance.@Nullable Wanted wanted;
  private @Nullable Gate connected;
  private @Nullable Relay relay;
  private @Nullable Question question;
  private Protection protection = Protection.AUTHORISE;
  private Optional<Profile> peer = Optional.empty();
  private Optional<String> peerUnit = Optional.empty();
  private Optional<Verdict> verdict = Optional.empty();
  private boolean deciding = true;
  private boolean shaking;
  private boolean done;

  /** Who talks to whom, to be asked of any version of the policies. */
  interface Question {
    Verdict ask(Snapshot snapshot);
  }

  Flow(Datapath path, Gate accepted, Side side) {
    this.path = path;
    this.accepted = accepted;
    this.side = side;
    this.deadline =
        loop()
            .schedule(
                () -> refuse(new Refused("it took longer than " + path.limits().handshake())),
                path.limits().handshake().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  final EventLoop loop() {
    return accepted.channel().eventLoop();
  }

  final void begin(Entrance entrance) {
    guarded(() -> {
      wanted = entrance.look(accepted.channel());
      proceed();
    });
  }

  /** Goes on once it is known what the connection is about. */
  abstract void proceed();

  final Entrance.Wanted wanted() {
    if (wanted == null) {
      throw new Refused("nobody knows yet what it is about");
    }
    return wanted;
  }

  final Traffic traffic() {
    return Traffic.tcp(wanted().dialled().getPort());
  }

  final Connection between(Set<String> subject, Set<String> object) {
    return new Connection(subject, object, traffic(), path.clock().instant());
  }

  /** Asks the policies of the moment, and remembers the question for later ones. */
  final Verdict decide(Question asked) {
    question = asked;
    var answer = asked.ask(path.snapshot());
    verdict = Optional.of(answer);
    if (!answer.allowed()) {
      throw new Refused(answer.reason());
    }
    return answer;
  }

  final void peer(Profile profile) {
    peer = Optional.of(profile);
    peerUnit = Optional.of(profile.unit());
  }

  /** The other end is a unit of this host, which needs to prove nothing. */
  final void peer(Unit neighbour) {
    peerUnit = Optional.of(neighbour.id());
  }

  static Protection protection(Verdict verdict) {
    return verdict.encrypt() ? Protection.ENCRYPT : Protection.AUTHORISE;
  }

  final void connect(InetSocketAddress target, Runnable then) {
    path.connect(
        loop(),
        target,
        gate -> {
          connected = gate;
          gate.read(false);
        },
        () -> guarded(then),
        this::refuse);
  }

  final Gate connected() {
    if (connected == null) {
      throw new Refused("there is no connection yet");
    }
    return connected;
  }

  /** Lets bytes flow, unless policies changed their mind on the way. */
  final void live(Gate unit, Gate wire, Optional<Session> session, Verdict allowing) {
    decided();
    protection = session.map(Session::protection).orElse(Protection.AUTHORISE);
    path.register(this);
    tell(FlowEvent.Kind.ALLOWED, allowing.reason());
    var sealed = session.filter(each -> each.protection() != Protection.AUTHORISE);
    relay = Relay.start(unit, wire, sealed, () -> end(FlowEvent.Kind.ENDED, "closed"));
    recheck(path.snapshot());
  }

  /** Cuts the connection if these policies, or the trust in its peer, no longer carry it. */
  final void recheck(Snapshot snapshot) {
    if (done || question == null || relay == null) {
      return;
    }
    var answer = question.ask(snapshot);
    if (!answer.allowed()) {
      verdict = Optional.of(answer);
      cut("policies changed: " + answer.reason());
    } else if (peer.isPresent() && protection(answer).compareTo(protection) > 0) {
      cut("policies changed: encryption is asked for now");
    } else if (peer.filter(path.trust()::isRevoked).isPresent()) {
      cut("the certificate behind the peer's identity was revoked");
    }
  }

  final void cut(String reason) {
    var current = relay;
    end(FlowEvent.Kind.CUT, reason);
    if (current != null) {
      current.cut();
    }
  }

  /** From now on the accepted channel is known to speak the handshake, and gets its refusal. */
  final void shaking() {
    shaking = true;
  }

  /** Refuses; a peer that shakes hands learns that, and not why; others see a reset. */
  final void refuse(Throwable cause) {
    if (done) {
      return;
    }
    var kind = cause instanceof IOException ? FlowEvent.Kind.FAILED : FlowEvent.Kind.REFUSED;
    end(kind, String.valueOf(cause.getMessage()));
    if (connected != null) {
      connected.abort();
    }
    if (shaking && accepted.channel().isActive()) {
      accepted.abort(Frame.refusal());
    } else {
      accepted.abort();
    }
  }

  private void end(FlowEvent.Kind kind, String reason) {
    if (done) {
      return;
    }
    done = true;
    decided();
    tell(kind, reason);
    path.forget(this);
  }

  private void decided() {
    deadline.cancel(false);
    if (deciding) {
      deciding = false;
      path.decided();
    }
  }

  private void tell(FlowEvent.Kind kind, String reason) {
    var known = wanted;
    EpollSocketChannel channel = accepted.channel();
    path.journal()
        .tell(
            new FlowEvent(
                kind,
                side,
                known == null ? "?" : known.unit().id(),
                peer.map(Profile::toString)
                    .orElseGet(() -> String.valueOf(channel.remoteAddress())),
                known == null ? channel.localAddress() : known.dialled(),
                reason,
                known == null
                    ? Optional.empty()
                    : Optional.ofNullable(channel.remoteAddress()).map(this::facts)));
  }

  private FlowEvent.Facts facts(InetSocketAddress from) {
    var carried = relay == null ? Relay.Carried.NOTHING : relay.carried();
    var opens = side == Side.INITIATOR;
    return new FlowEvent.Facts(
        peerUnit,
        from.getAddress(),
        verdict,
        protection == Protection.ENCRYPT,
        opens ? carried.fromUnit() : carried.fromWire(),
        opens ? carried.fromWire() : carried.fromUnit());
  }

  /** Whatever goes wrong on the way to a decision is a refusal. */
  final void guarded(Runnable step) {
    if (done) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException e) {
      refuse(e);
    }
  }
}
