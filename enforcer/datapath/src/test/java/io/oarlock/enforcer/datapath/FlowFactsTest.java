package io.oarlock.enforcer.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.policy.Side;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reports are made of. */
class FlowFactsTest {
  private static final byte[] SAID = "attack at dawn".getBytes(StandardCharsets.US_ASCII);

  private final TwoHosts hosts = new TwoHosts();

  @AfterEach
  void nothingIsLeft() {
    hosts.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachEndTellsWhoTheOtherIsAndHowManyBytesWentEachWay(boolean encrypted) throws Exception {
    hosts.apply(TwoHosts.allow(encrypted));
    try (var service = Service.echo();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      client.getOutputStream().write(SAID);
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(SAID);
    }

    for (var side : Side.values()) {
      hosts.await("the end told by the " + side, () -> told(FlowEvent.Kind.ENDED, side));
    }
    assertThat(hosts.events)
        .filteredOn(event -> event.kind() == FlowEvent.Kind.ENDED)
        .allSatisfy(event -> {
          var facts = event.facts().orElseThrow();
          assertThat(facts.peerUnit())
              .contains(event.side() == Side.INITIATOR ? "backend-1" : "frontend-1");
          assertThat(facts.verdict().orElseThrow().rule()).contains("front-to-back");
          assertThat(facts.encrypted()).isEqualTo(encrypted);
          assertThat(facts.sent()).isEqualTo(SAID.length);
          assertThat(facts.received()).isEqualTo(SAID.length);
        });
  }

  @Test
  void aPortNobodyListensOnIsNoDecision() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    try (var bound = new Socket()) {
      bound.bind(TwoHosts.anyPort());
      var nobody = (InetSocketAddress) bound.getLocalSocketAddress();
      try (var client = connect(hosts.towards(nobody))) {
        assertThat(ends(client)).isTrue();
      }
    }
    hosts.await("the failure is told", () -> told(FlowEvent.Kind.FAILED, Side.INITIATOR));

    assertThat(hosts.reasons(FlowEvent.Kind.REFUSED)).isEmpty();
  }

  private boolean told(FlowEvent.Kind kind, Side side) {
    return hosts.events.stream().anyMatch(event -> event.kind() == kind && event.side() == side);
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    return new Socket(address.getAddress(), address.getPort());
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
