package io.oarlock.enforcer.datapath;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Two hosts of one namespace, each with an enforcer: a front end on one, a back end on the other.
 */
final class TwoHosts implements AutoCloseable {
  static final NamespacePath PROD = NamespacePath.of("/acme/prod");
  static final Limits QUICK = new Limits(Duration.ofSeconds(3), 8, 200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DAY = Duration.ofDays(1);

  final Unit frontend = new Unit("frontend-1", Set.of("app=web", "role=frontend"));
  final Unit backend = new Unit("backend-1", Set.of("app=web", "role=backend"));
  final Set<InetSocketAddress> aliases = ConcurrentHashMap.newKeySet();
  final Queue<FlowEvent> events = new ConcurrentLinkedQueue<>();
  final Authority authority =
      Authority.make("Acme", NamespacePath.of("/acme"), DAY, InstantSource.system().instant());
  final Trust trust = new Trust(List.of(authority.anchor()), InstantSource.system());
  final Datapath left = datapath("host-a");
  final Datapath right = datapath("host-b");

  private Datapath datapath(String name) {
    var setup =
        new Datapath.Setup(
            key(name), PROD, trust, InstantSource.system(), 0, address -> Optional.empty());
    return new Datapath(setup, QUICK, events::add, 1);
  }

  private EnforcerKey key(String name) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var now = InstantSource.system().instant();
      return new EnforcerKey(
          name, authority.certify(name, PROD, pair.getPublic(), DAY, now), pair.getPrivate());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the front end reaches a target, through its enforcer. */
  InetSocketAddress towards(InetSocketAddress target) {
    return left.listenOutgoing(anyPort(), Entrance.fixed(frontend, target));
  }

  /** Where the back end can be reached, through its enforcer. */
  InetSocketAddress inFrontOf(Service service) {
    return right.listenIncoming(anyPort(), Entrance.fixed(backend, service.address(), aliases));
  }

  /** Where the front end reaches a tap in front of the back end. */
  InetSocketAddress through(Tap tap) {
    aliases.add(tap.address());
    return towards(tap.address());
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  void apply(Rule... rules) {
    var snapshot = managed(List.of(Cidr.parse("127.0.0.0/8")), List.of(), rules);
    left.apply(snapshot);
    right.apply(snapshot);
  }

  Snapshot managed(List<Cidr> managed, List<ExternalNetworks.Network> networks, Rule... rules) {
    var policies = Policies.compile(1, List.of(rules), Defaults.REJECT);
    return new Snapshot(policies, new ExternalNetworks(networks), managed, 0);
  }

  static Rule rule(String id, String subject, String object, Action action, boolean encrypt) {
    return new Rule(
        id,
        new Rule.Selector(TagExpression.parse(List.of(List.of(subject))), false),
        new Rule.Selector(TagExpression.parse(List.of(List.of(object))), false),
        List.of(),
        action,
        Direction.BIDIRECTIONAL,
        Optional.empty(),
        encrypt,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  static Rule allow(boolean encrypt) {
    return rule("front-to-back", "role=frontend", "role=backend", Action.ALLOW, encrypt);
  }

  List<String> reasons(FlowEvent.Kind kind) {
    return events.stream().filter(event -> event.kind() == kind).map(FlowEvent::reason).toList();
  }

  /** Waits for something to become true, a little patiently. */
  void await(String what, BooleanSupplier condition) {
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s; so far: %s", what, events).isLessThan(until);
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  /** Nothing may be left when every program has closed its connections. */
  @Override
  public void close() {
    await("all is given back", () -> held() == 0 && left.liveFlows() + right.liveFlows() == 0);
    left.close();
    right.close();
  }

  private int held() {
    return left.heldConnections() + right.heldConnections();
  }
}
