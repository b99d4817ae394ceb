package io.oarlock.enforcer.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.oarlock.enforcer.policy.ExternalNetworks.Network;
import io.oarlock.model.Cidr;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatapathTest {
  private static final int BULK = 3_000_000;
  private static final byte[] MARKER = "attack at dawn".getBytes(StandardCharsets.US_ASCII);

  private final TwoHosts hosts = new TwoHosts();

  @AfterEach
  void nothingIsLeft() {
    hosts.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void unitsTalkWhereAPolicySaysSo(boolean encrypted) throws Exception {
    hosts.apply(TwoHosts.allow(encrypted));
    try (var service = Service.echo();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      var sent = new byte[BULK];
      new Random(1).nextBytes(sent);
      var writer = CompletableFuture.runAsync(() -> write(client, sent));
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
      writer.join();
    }
    assertThat(hosts.reasons(FlowEvent.Kind.ALLOWED))
        .containsOnly("allowed by the policy front-to-back")
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothWaysAtOnceAndSmallWritesArriveWhole(boolean encrypted) throws Exception {
    hosts.apply(TwoHosts.allow(encrypted));
    try (var service = Service.mirror();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      var sent = new byte[BULK];
      new Random(2).nextBytes(sent);
      for (var i = 0; i < 200; i++) {
        client.getOutputStream().write(sent[i]);
        assertThat((byte) client.getInputStream().read()).isEqualTo(sent[i]);
      }
      var writer = CompletableFuture.runAsync(() -> write(client, sent));
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
      writer.join();
    }
  }

  @Test
  void aServerThatSpeaksFirstIsHeard() throws Exception {
    hosts.apply(TwoHosts.allow(true));
    try (var service = new Service(socket -> socket.getOutputStream().write(MARKER));
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      assertThat(client.getInputStream().readAllBytes()).isEqualTo(MARKER);
    }
  }

  @Test
  void withoutAPolicyTheServiceSeesNothing() throws Exception {
    hosts.apply();
    try (var service = Service.echo()) {
      assertReset(hosts.towards(hosts.inFrontOf(service)));
      assertThat(service.accepted).hasValue(0);
    }
    assertThat(hosts.reasons(FlowEvent.Kind.REFUSED))
        .contains("rejected: no policy matches, the default decides");
  }

  @Test
  void theReceiverDecidesForItself() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    hosts.right.apply(Snapshot.NOTHING);
    try (var service = Service.echo()) {
      assertReset(hosts.towards(hosts.inFrontOf(service)));
      assertThat(service.accepted).hasValue(0);
    }
  }

  @Test
  void aStrangerGetsNothingAndIsToldNothing() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    try (var service = Service.echo()) {
      var entrance = hosts.inFrontOf(service);
      try (var loud = connect(entrance);
          var silent = connect(entrance)) {
        loud.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(told(loud)).isEmpty();
        assertThat(told(silent)).isEmpty();
      }
      assertThat(service.accepted).hasValue(0);
    }
    assertThat(hosts.reasons(FlowEvent.Kind.REFUSED)).hasSize(2);
  }

  @Test
  void encryptionHidesWhatIsSaidFromWhoeverListens() throws Exception {
    assertThat(heard(false)).contains("dawn");
    hosts.events.clear();
    assertThat(heard(true)).doesNotContain("dawn").contains("OARL");
  }

  @Test
  void aByteChangedOnTheWayBreaksTheConnection() throws Exception {
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() ->
            talkThrough(chunk -> {
              chunk[chunk.length - 1] ^= 1;
              return chunk;
            }));
  }

  @Test
  void anEndSomebodyElseMadeIsAReset() throws Exception {
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> talkThrough(chunk -> new byte[0]));
  }

  @Test
  void aPolicyTakenAwayCutsWhatItCarriedAndNothingElse() throws Exception {
    hosts.apply(TwoHosts.allow(true));
    try (var service = Service.mirror();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      exchange(client);
      hosts.apply(TwoHosts.allow(true), TwoHosts.rule("x", "a=b", "c=d", Action.REJECT, false));
      exchange(client);
      hosts.apply();
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> exchange(client));
    }
    assertThat(hosts.reasons(FlowEvent.Kind.CUT))
        .isNotEmpty()
        .allMatch(reason -> reason.startsWith("policies changed: rejected"));
  }

  @Test
  void encryptionAskedForLaterCutsWhatIsNotEncrypted() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    try (var service = Service.mirror();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      exchange(client);
      hosts.apply(TwoHosts.allow(true));
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> exchange(client));
    }
  }

  @Test
  void aRevokedCertificateCutsItsConnections() throws Exception {
    hosts.apply(TwoHosts.allow(true));
    try (var service = Service.mirror();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      exchange(client);
      var profile = hosts.trust.verify(hosts.left.local(hosts.frontend).identity().profile());
      hosts.trust.revoke(Set.<BigInteger>of(profile.serial()));
      hosts.left.recheck();
      hosts.right.recheck();
      assertThatExceptionOfType(SocketException.class).isThrownBy(() -> exchange(client));
    }
    assertThat(hosts.reasons(FlowEvent.Kind.CUT))
        .contains("the certificate behind the peer's identity was revoked");
  }

  @Test
  void aPolicyThatEndsByItselfCutsWhatItCarried() throws Exception {
    var end = Instant.now().plusMillis(4000);
    hosts.apply(TwoHosts.allow(true).between(Optional.empty(), Optional.of(end)));
    try (var service = Service.mirror();
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      exchange(client);
      assertThat(endsInReset(client)).isTrue();
      assertThat(Instant.now()).isAfterOrEqualTo(end);
    }
  }

  @Test
  void soManySilentStrangersAreWaitedForAndNoMore() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    try (var service = Service.echo()) {
      var entrance = hosts.inFrontOf(service);
      var waiting = new ArrayList<Socket>();
      for (var i = 0; i < TwoHosts.QUICK.handshakesMax(); i++) {
        waiting.add(connect(entrance));
      }
      hosts.await(
          "all are waited for",
          () -> hosts.right.heldConnections() == TwoHosts.QUICK.handshakesMax());
      assertReset(entrance);
      for (var stranger : waiting) {
        stranger.close();
      }
    }
    hosts.await("all are given back", () -> hosts.right.heldConnections() == 0);
    assertThat(hosts.reasons(FlowEvent.Kind.REFUSED)).hasSize(TwoHosts.QUICK.handshakesMax());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResetOfTheClientIsAResetForTheServer(boolean encrypted) throws Exception {
    hosts.apply(TwoHosts.allow(encrypted));
    var sawReset = new AtomicBoolean();
    try (var service = new Service(socket -> sawReset.set(endsInReset(socket)))) {
      try (var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
        client.getOutputStream().write(1);
        hosts.await("the server is reached", () -> service.accepted.get() == 1);
        client.setSoLinger(true, 0);
      }
      hosts.await("the server sees a reset", sawReset::get);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aResetOfTheServerIsAResetForTheClient(boolean encrypted) throws Exception {
    hosts.apply(TwoHosts.allow(encrypted));
    try (var service =
            new Service(socket -> {
              var _ = socket.getInputStream().read();
              socket.setSoLinger(true, 0);
            });
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      client.getOutputStream().write(1);
      assertThat(endsInReset(client)).isTrue();
    }
  }

  @Test
  void anExternalNetworkIsReachedWhereAPolicyAllowsIt() throws Exception {
    try (var service = Service.echo()) {
      var network = Network.of(Set.of("net=lab"), Set.of("127.0.0.0/8"), Set.of());
      var allow = TwoHosts.rule("to-lab", "role=frontend", "net=lab", Action.ALLOW, false);
      var entrance = hosts.towards(service.address());
      hosts.left.apply(hosts.managed(List.of(), List.of(network)));
      assertReset(entrance);
      hosts.left.apply(hosts.managed(List.of(), List.of(network), allow));
      try (var client = connect(entrance)) {
        client.getOutputStream().write(MARKER);
        client.shutdownOutput();
        assertThat(client.getInputStream().readAllBytes()).isEqualTo(MARKER);
      }
      var managed = List.of(Cidr.parse("127.0.0.1/32"));
      hosts.left.apply(hosts.managed(managed, List.of(network), allow));
      assertReset(entrance);
    }
  }

  @Test
  void aConnectionToTheEnforcerItselfDoesNotGoRoundInCircles() throws Exception {
    hosts.apply(TwoHosts.allow(false));
    var first = hosts.towards(TwoHosts.anyPort());
    assertReset(hosts.towards(first));
    assertThat(hosts.reasons(FlowEvent.Kind.REFUSED))
        .anyMatch(reason -> reason.contains("go round in a circle"));
  }

  @Test
  void aReaderThatStopsStopsItsWriter() throws Exception {
    hosts.apply(TwoHosts.allow(true));
    var release = new CompletableFuture<Void>();
    try (var service =
            new Service(socket -> {
              release.join();
              socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            });
        var client = connect(hosts.towards(hosts.inFrontOf(service)))) {
      var written = new AtomicLong();
      var writer = CompletableFuture.runAsync(() -> writeMuch(client, written));
      hosts.await("the writer is stopped", () -> standsStill(written));
      assertThat(written).hasValueLessThan(60_000_000L);
      release.complete(null);
      writer.join();
    }
  }

  private static boolean standsStill(AtomicLong written) {
    var before = written.get();
    java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
    return before > 0 && before == written.get();
  }

  private static void writeMuch(Socket client, AtomicLong written) {
    try {
      var chunk = new byte[100_000];
      for (var i = 0; i < 800; i++) {
        client.getOutputStream().write(chunk);
        written.addAndGet(chunk.length);
      }
      client.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String heard(boolean encrypted) throws IOException {
    hosts.apply(TwoHosts.allow(encrypted));
    var plainly = new AtomicBoolean();
    try (var service = Service.echo();
        var tap = new Tap(hosts.inFrontOf(service), chunk -> chunk);
        var client = connect(hosts.through(tap))) {
      write(client, MARKER);
      plainly.set(client.getInputStream().readAllBytes().length == MARKER.length);
      assertThat(plainly).isTrue();
      return tap.heard();
    }
  }

  private void talkThrough(Tap.Change change) throws IOException {
    hosts.apply(TwoHosts.allow(true));
    var handshaken = new AtomicBoolean();
    try (var service = Service.mirror();
        var tap =
            new Tap(
                hosts.inFrontOf(service),
                chunk -> handshaken.getAndSet(true) ? change.of(chunk) : chunk);
        var client = connect(hosts.through(tap))) {
      exchange(client);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    var socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void exchange(Socket client) throws IOException {
    client.getOutputStream().write(MARKER);
    if (client.getInputStream().readNBytes(MARKER.length).length < MARKER.length) {
      throw new IOException("an orderly end in place of a reset");
    }
  }

  private static boolean endsInReset(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private static String told(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  private static void assertReset(InetSocketAddress address) throws IOException {
    try (var client = connect(address)) {
      assertThat(endsInReset(client)).isTrue();
    }
  }
}
