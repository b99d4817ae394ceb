package io.oarlock.enforcer.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.policy.Defaults;
import io.oarlock.enforcer.policy.ExternalNetworks;
import io.oarlock.enforcer.policy.Policies;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.model.Cidr;
import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.NetworkAccessPolicy;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules about blocks of addresses, against the decision about each address. */
class DatagramsDecisionTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long USER = 60_706;
  private static final Unit UNIT = new Unit("frontend-1", Set.of("role=frontend"));
  private static final List<String> BLOCKS =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.1.0.0/16",
          "10.1.2.0/24",
          "10.1.2.128/25",
          "10.1.2.3/32",
          "192.168.0.0/16",
          "::/0",
          "fd00::/8",
          "fd00:1::/32",
          "fd00:1::7/128");
  private static final List<String> ADDRESSES =
      List.of(
          "10.1.2.3",
          "10.1.2.4",
          "10.1.2.200",
          "10.1.9.9",
          "10.9.9.9",
          "192.168.1.1",
          "8.8.8.8",
          "fd00:1::7",
          "fd00:1::8",
          "fd00:2::1",
          "2001:db8::1");
  private static final List<String> PORTS =
      List.of("udp/53", "udp/50:60", "udp/1:65535", "tcp/53", "icmp/8", "icmp/3/1:4", "icmp6/128");
  private static final List<Traffic> TRAFFIC =
      List.of(
          Traffic.udp(1),
          Traffic.udp(50),
          Traffic.udp(53),
          Traffic.udp(61),
          Traffic.udp(65_535),
          new Traffic.Control("icmp", 8, 0),
          new Traffic.Control("icmp", 8, 1),
          new Traffic.Control("icmp", 3, 4),
          new Traffic.Control("icmp", 3, 5),
          new Traffic.Control("icmp6", 128, 0),
          new Traffic.Control("icmp6", 129, 0));

  private final Random random = new Random(7);

  @Test
  void whatTheRulesLetPassIsWhatIsDecidedForEachAddress() {
    var passed = 0;
    for (var round = 0; round < 500; round++) {
      var snapshot = snapshot();
      var acl = Datagrams.decide(snapshot, Map.of(USER, UNIT), Map.of(), NOON);
      var lines = acl.chains().getOrDefault(USER, List.of());
      for (var address : ADDRESSES) {
        for (var traffic : TRAFFIC) {
          var passes = passes(lines, InetAddress.ofLiteral(address), traffic);
          assertThat(passes)
              .as("%s to %s by %s and %s", traffic, address, snapshot, lines)
              .isEqualTo(expected(snapshot, InetAddress.ofLiteral(address), traffic));
          passed += passes ? 1 : 0;
        }
      }
    }
    assertThat(passed).isGreaterThan(1000);
  }

  @Test
  void whatWouldTakeTooLongToDecideIsDropped() {
    var networks =
        IntStream.range(0, 3000)
            .mapToObj(i ->
                network(
                    i,
                    Set.of("10.%d.%d.0/24".formatted(i / 256, i % 256)),
                    Set.of("udp/" + (i + 1))))
            .toList();
    var snapshot =
        new Snapshot(
            Policies.compile(1, List.of(), Defaults.REJECT),
            new ExternalNetworks(networks),
            List.of(),
            0);
    var acl = Datagrams.decide(snapshot, Map.of(USER, UNIT), Map.of(7777, USER), NOON);
    assertThat(acl.chains()).isEmpty();
    assertThat(acl.ports()).containsExactly(7777);
    assertThat(acl.problem()).contains("dropped", "at most 200000");
  }

  private Snapshot snapshot() {
    var networks = new ArrayList<ExternalNetworks.Network>();
    var rules = new ArrayList<Rule>();
    for (var i = 0; i < 4; i++) {
      var entries = new HashSet<>(some(BLOCKS, 2));
      some(BLOCKS, 1).forEach(each -> entries.add("!" + each));
      networks.add(network(i, entries, random.nextBoolean() ? Set.of() : some(PORTS, 3)));
    }
    for (var i = 0; i < 4; i++) {
      rules.add(rule(i));
    }
    var managed = random.nextBoolean() ? some(BLOCKS, 1) : Set.<String>of();
    return new Snapshot(
        Policies.compile(1, rules, Defaults.REJECT),
        new ExternalNetworks(networks),
        managed.stream().map(Cidr::parse).toList(),
        0);
  }

  private static ExternalNetworks.Network network(int i, Set<String> entries, Set<String> ports) {
    return ExternalNetworks.Network.of(Set.of("net=" + i), entries, ports);
  }

  private Rule rule(int i) {
    return Rule.of(
        TreeCodec.of(NetworkAccessPolicy.class)
            .decode(
                Map.of(
                    "name",
                    "rule-" + i,
                    "subject",
                    List.of(List.of("role=frontend")),
                    "object",
                    List.of(List.of("net=" + random.nextInt(4))),
                    "action",
                    random.nextInt(4) == 0 ? "Reject" : "Allow",
                    "encryptionEnabled",
                    random.nextInt(6) == 0,
                    "ports",
                    random.nextBoolean() ? List.of() : List.copyOf(some(PORTS, 3)))));
  }

  private Set<String> some(List<String> all, int most) {
    var some = new HashSet<String>();
    for (var i = random.nextInt(most + 1); i > 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  private static boolean expected(Snapshot snapshot, InetAddress address, Traffic traffic) {
    if (isV4(address) ? traffic.toString().startsWith("icmp6") : isIcmp4(traffic)) {
      return false;
    }
    if (snapshot.needsHandshake(address, traffic)) {
      return false;
    }
    var verdict = Externals.decide(snapshot, UNIT, address, traffic, Side.INITIATOR, NOON);
    return verdict.allowed() && !verdict.encrypt();
  }

  private static boolean isIcmp4(Traffic traffic) {
    return traffic.toString().startsWith("icmp/");
  }

  private static boolean isV4(InetAddress address) {
    return address.getAddress().length == 4;
  }

  /** As the kernel does: the first line that matches ends it. */
  private static boolean passes(List<String> lines, InetAddress address, Traffic traffic) {
    for (var line : lines) {
      var words = line.split(" ", -1);
      if (!Cidr.parse(words[2]).contains(address)) {
        continue;
      }
      if (line.endsWith("drop")) {
        return false;
      }
      if (isAbout(line, traffic)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAbout(String line, Traffic traffic) {
    var number =
        switch (traffic) {
          case Traffic.ToPort(var _, var port) -> port;
          case Traffic.Control(var _, var type, var code) -> type * 256 + code;
        };
    var kind =
        switch (traffic) {
          case Traffic.ToPort _ -> " udp dport ";
          case Traffic.Control(var protocol, var _, var _) ->
              " meta l4proto " + (protocol.equals("icmp") ? "icmp" : "icmpv6") + " @th,0,16 ";
        };
    var ranges = line.substring(line.indexOf('{') + 1, line.indexOf('}')).split(",", -1);
    return line.contains(kind)
        && Arrays.stream(ranges)
            .map(range -> range.strip().split("-", -1))
            .anyMatch(range ->
                Integer.parseInt(range[0]) <= number && number <= Integer.parseInt(range[1]));
  }
}
