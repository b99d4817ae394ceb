package io.oarlock.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.datapath.FlowEvent;
import io.oarlock.enforcer.datapath.FlowEvent.Kind;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.model.types.Flow;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FlowWindowTest {
  private static final Verdict ALLOWED = verdict(true, Optional.of("front-to-back"));
  private static final Verdict REJECTED = verdict(false, Optional.empty());

  private final FlowWindow window = new FlowWindow(InstantSource.system());

  @Test
  void connectionsAlikeAreOneFlowWithTheirBytes() {
    window.tell(event(Kind.ALLOWED, Side.INITIATOR, Optional.of("backend-1"), ALLOWED, 0, 0));
    window.tell(event(Kind.ALLOWED, Side.INITIATOR, Optional.of("backend-1"), ALLOWED, 0, 0));
    window.tell(event(Kind.ENDED, Side.INITIATOR, Optional.of("backend-1"), ALLOWED, 10, 700));

    assertThat(window.take().flows())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.action()).isEqualTo(Flow.Decision.ACCEPT);
          assertThat(flow.sourceId()).contains("unit-1");
          assertThat(flow.sourceIp()).isEmpty();
          assertThat(flow.destinationId()).contains("backend-1");
          assertThat(flow.destinationPort()).isEqualTo(8080);
          assertThat(flow.policyId()).contains("front-to-back");
          assertThat(flow.connections()).isEqualTo(2);
          assertThat(flow.bytesSent()).isEqualTo(10);
          assertThat(flow.bytesReceived()).isEqualTo(700);
          assertThat(flow.endTime()).isAfterOrEqualTo(flow.startTime());
        });
    assertThat(window.take().flows()).isEmpty();
  }

  @Test
  void aStrangerIsToldByItsAddress() {
    window.tell(event(Kind.REFUSED, Side.RECEIVER, Optional.empty(), REJECTED, 0, 0));

    assertThat(window.take().flows())
        .singleElement()
        .satisfies(flow -> {
          assertThat(flow.action()).isEqualTo(Flow.Decision.REJECT);
          assertThat(flow.sourceType()).isEqualTo(Flow.EndType.EXTERNAL_NETWORK);
          assertThat(flow.sourceIp()).contains("127.0.0.1");
          assertThat(flow.destinationId()).contains("unit-1");
          assertThat(flow.policyId()).isEmpty();
          assertThat(flow.reason()).isEqualTo("told");
        });
  }

  @Test
  void whatNobodyDecidedIsNotReported() {
    window.tell(event(Kind.FAILED, Side.INITIATOR, Optional.empty(), ALLOWED, 0, 0));
    window.tell(
        new FlowEvent(Kind.REFUSED, Side.RECEIVER, "?", "?", to(1), "told", Optional.empty()));

    assertThat(window.take().flows()).isEmpty();
  }

  @Test
  void whatThereIsNoRoomForIsCounted() {
    for (var i = 0; i < FlowWindow.KINDS_MAX + 7; i++) {
      window.tell(event(Kind.REFUSED, Side.INITIATOR, Optional.of("unit-" + i), REJECTED, 0, 0));
    }

    var taken = window.take();
    assertThat(taken.flows()).hasSize(FlowWindow.KINDS_MAX);
    assertThat(taken.lost()).isEqualTo(7);
  }

  private static FlowEvent event(
      Kind kind, Side side, Optional<String> peer, Verdict verdict, long sent, long received) {
    var facts =
        new FlowEvent.Facts(
            peer, InetAddress.getLoopbackAddress(), Optional.of(verdict), false, sent, received);
    return new FlowEvent(kind, side, "unit-1", "?", to(8080), "told", Optional.of(facts));
  }

  private static InetSocketAddress to(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static Verdict verdict(boolean allowed, Optional<String> rule) {
    return new Verdict(allowed, rule, false, false, false, Optional.empty());
  }
}
