package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datapath;
import io.oarlock.enforcer.datapath.Entrance;
import io.oarlock.enforcer.datapath.Limits;
import io.oarlock.enforcer.datapath.Snapshot;
import io.oarlock.enforcer.datapath.Unit;
import io.oarlock.enforcer.policy.Defaults;
import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.wire.Authority;
import io.oarlock.enforcer.wire.EnforcerKey;
import io.oarlock.enforcer.wire.Trust;
import io.oarlock.model.Cidr;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.TagExpression;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection as two hosts would carry it: through two datapaths that shake hands and decide, with
 * keys and policies of its own, on the loop-back of this host. Nothing is intercepted and nobody
 * else's connections are touched.
 */
final class LoopBack implements AutoCloseable {
  private static final NamespacePath NAMESPACE = NamespacePath.of("/selftest");
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int BYTES = 1 << 20;
  private static final Unit SOURCE = new Unit("selftest-source", Set.of("role=source"));
  private static final Unit TARGET = new Unit("selftest-target", Set.of("role=target"));

  private final InstantSource clock = InstantSource.system();
  private final Authority authority =
      Authority.make("selftest", NAMESPACE, VALIDITY, clock.instant());
  private final Trust trust = new Trust(List.of(authority.anchor()), clock);
  private final Datapath near = datapath("selftest-near");
  private final Datapath far = datapath("selftest-far");
  private final AtomicInteger served = new AtomicInteger();
  private final ServerSocket service;
  private final InetSocketAddress entrance;

  LoopBack() throws IOException {
    this.service = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("selftest").start(this::echo);
    var at = (InetSocketAddress) service.getLocalSocketAddress();
    var reached = far.listenIncoming(anyPort(), Entrance.fixed(TARGET, at));
    this.entrance = near.listenOutgoing(anyPort(), Entrance.fixed(SOURCE, reached));
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private Datapath datapath(String name) {
    var setup =
        new Datapath.Setup(key(name), NAMESPACE, trust, clock, 0, address -> Optional.empty());
    return new Datapath(setup, Limits.DEFAULT, event -> {}, 1);
  }

  private EnforcerKey key(String name) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var certificate =
          authority.certify(name, NAMESPACE, pair.getPublic(), VALIDITY, clock.instant());
      return new EnforcerKey(name, certificate, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has P-256", e);
    }
  }

  private void echo() {
    try {
      while (true) {
        try (var socket = service.accept()) {
          served.incrementAndGet();
          socket.getInputStream().transferTo(socket.getOutputStream());
        }
      }
    } catch (IOException _) {
      // It was closed.
    }
  }

  /** Sends bytes there and back by a policy that allows it; says how it went. */
  String carry(boolean encrypted) throws IOException, InterruptedException {
    apply(List.of(allow(encrypted)));
    var sent = new byte[BYTES];
    new Random(BYTES).nextBytes(sent);
    var began = System.nanoTime();
    try (var socket = connect()) {
      var writing = Thread.ofVirtual().start(() -> send(socket, sent));
      var got = socket.getInputStream().readNBytes(BYTES);
      writing.join();
      if (!Arrays.equals(sent, got)) {
        throw new IOException("%d bytes were sent and others came back".formatted(BYTES));
      }
    }
    var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    return "%d bytes there and back in %d ms".formatted(BYTES, millis);
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException _) {
      // Whoever reads finds out.
    }
  }

  /** Tries to connect where no policy allows it; says how it went. */
  String refuse() throws IOException {
    apply(List.of());
    var before = served.get();
    try (var socket = connect()) {
      requireReset(socket);
    }
    if (served.get() != before) {
      throw new IOException("without a policy, the service was reached");
    }
    return "nothing passes without a policy";
  }

  private static void requireReset(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(1);
      if (socket.getInputStream().read() >= 0) {
        throw new IOException("without a policy, an answer came");
      }
    } catch (SocketException _) {
      // Reset: that is how a refusal looks.
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket();
    socket.connect(entrance, Math.toIntExact(PATIENCE.toMillis()));
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return socket;
  }

  private void apply(List<Rule> rules) {
    var policies = Policies.compile(1, rules, Defaults.REJECT);
    var managed = List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128"));
    var snapshot = new Snapshot(policies, new ExternalNetworks(List.of()), managed, 0);
    near.apply(snapshot);
    far.apply(snapshot);
  }

  private static Rule allow(boolean encrypted) {
    return new Rule(
        "selftest",
        new Rule.Selector(TagExpression.parse(List.of(List.of("role=source"))), false),
        new Rule.Selector(TagExpression.parse(List.of(List.of("role=target"))), false),
        List.of(),
        Action.ALLOW,
        Direction.BIDIRECTIONAL,
        Optional.empty(),
        encrypted,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() throws IOException {
    service.close();
    near.close();
    far.close();
  }
}
