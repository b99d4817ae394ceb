package io.oarlock.enforcer.datapath;

import io.oarlock.enforcer.policy.Connection;
import io.oarlock.enforcer.policy.Rule;
import io.oarlock.enforcer.policy.Side;
import io.oarlock.enforcer.policy.Traffic;
import io.oarlock.enforcer.policy.Verdict;
import io.oarlock.model.Cidr;
import io.oarlock.model.Ports;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What units may send and be sent beside TCP, as rules of nftables. No handshake comes before a
 * datagram, so nobody proves anything: what counts is the external network an address is of, and
 * between two units of this host the units themselves. Everything else is dropped.
 *
 * <p>Blocks of addresses nest or are apart. All addresses whose smallest block is the same one are
 * decided alike, so each block is asked about once and stands before those around it. Likewise
 * ports are asked about once between two that some policy or network names.
 */
public final class Datagrams {
  /** Most questions asked for one set of rules; where more are needed, nothing passes. */
  static final int QUESTIONS_MAX = 200_000;

  private static final Verdict REJECTED =
      new Verdict(false, Optional.empty(), false, false, false, Optional.empty());

  private final Snapshot snapshot;
  private final Map<Long, Unit> users;
  private final Map<Integer, Long> ports;
  private final Instant at;
  private final List<Cidr> blocks;
  private final Map<Kind, List<Integer>> starts = new EnumMap<>(Kind.class);

  /**
   * Lines of rules.
   *
   * @param chains one for each unit that may send something, by its user
   * @param local for datagrams that stay on the host
   * @param incoming for datagrams to the ports of units
   * @param ports of units, which nobody reaches but by these lines
   * @param version of what was decided by; what passed under another passes no longer
   * @param problem why nothing passes; empty when it was decided
   */
  public record Acl(
      Map<Long, List<String>> chains,
      List<String> local,
      List<String> incoming,
      Set<Integer> ports,
      int version,
      String problem) {
    /** Lets nothing pass. */
    public static final Acl NONE = new Acl(Map.of(), List.of(), List.of(), Set.of(), 0, "");

    public Acl {
      chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
      local = List.copyOf(local);
      incoming = List.copyOf(incoming);
      ports = Set.copyOf(ports);
    }
  }

  /** Protocols; what their messages are told apart by is a number of 16 bits. */
  private enum Kind {
    UDP("udp dport", true, true),
    ICMP("meta l4proto icmp @th,0,16", true, false),
    ICMP6("meta l4proto icmpv6 @th,0,16", false, true);

    static final int LAST = 0xffff;
    private final String match;
    private final boolean overV4;
    private final boolean overV6;

    Kind(String match, boolean overV4, boolean overV6) {
      this.match = match;
      this.overV4 = overV4;
      this.overV6 = overV6;
    }

    boolean isOver(Cidr block) {
      return isV4(block) ? overV4 : overV6;
    }

    int first() {
      return this == UDP ? 1 : 0;
    }

    /** Type and code of ICMP are the first two bytes of its header. */
    Traffic traffic(int number) {
      return switch (this) {
        case UDP -> Traffic.udp(number);
        case ICMP -> new Traffic.Control("icmp", number >> 8, number & 0xff);
        case ICMP6 -> new Traffic.Control("icmp6", number >> 8, number & 0xff);
      };
    }

    /** Where these ports begin and where what follows them begins. */
    Stream<Integer> edges(Ports ports) {
      return switch (ports) {
        case Ports.Any _, Ports.Protocol _ -> Stream.empty();
        case Ports.PortRange(var protocol, var low, var high) ->
            this == UDP && protocol.equals("udp") ? Stream.of(low, high + 1) : Stream.empty();
        case Ports.Icmp icmp ->
            this != UDP && icmp.protocol().equals(this == ICMP ? "icmp" : "icmp6")
                ? icmpEdges(icmp)
                : Stream.empty();
      };
    }

    private static Stream<Integer> icmpEdges(Ports.Icmp icmp) {
      var base = icmp.type() << 8;
      return Stream.concat(
          Stream.of(base, base + 0x100),
          icmp.codes().stream()
              .flatMap(codes -> Stream.of(base + codes.first(), base + codes.last() + 1)));
    }
  }

  private Datagrams(
      Snapshot snapshot, Map<Long, Unit> users, Map<Integer, Long> ports, Instant at) {
    this.snapshot = snapshot;
    this.users = users;
    this.ports = ports;
    this.at = at;
    var all = new HashSet<>(snapshot.networks().blocks());
    all.addAll(snapshot.managed());
    this.blocks =
        all.stream()
            .sorted(Comparator.comparingInt(Cidr::prefix).reversed().thenComparing(Cidr::toString))
            .toList();
    for (var kind : Kind.values()) {
      starts.put(kind, starts(kind));
    }
  }

  /** Where a run of numbers begins that are decided alike, in order. */
  private List<Integer> starts(Kind kind) {
    var named =
        Stream.concat(
            snapshot.networks().ports(),
            snapshot.policies().rules().stream().flatMap(rule -> rule.ports().stream()));
    return Stream.concat(Stream.of(kind.first()), named.flatMap(kind::edges))
        .filter(number -> number <= Kind.LAST)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * The rules of a moment.
   *
   * @param users the unit of each user
   * @param ports UDP ports of units, and the user that has each
   */
  public static Acl decide(
      Snapshot snapshot, Map<Long, Unit> users, Map<Integer, Long> ports, Instant at) {
    return new Datagrams(snapshot, Map.copyOf(users), Map.copyOf(ports), at).acl();
  }

  private Acl acl() {
    var questions = questions();
    if (questions > QUESTIONS_MAX) {
      return new Acl(
          Map.of(),
          List.of(),
          List.of(),
          ports.keySet(),
          version(),
          "UDP and ICMP of units are dropped: %d questions would have to be decided, at most %d are; name fewer external networks and ports"
              .formatted(questions, QUESTIONS_MAX));
    }
    var chains = new LinkedHashMap<Long, List<String>>();
    users.keySet().stream()
        .sorted()
        .forEach(user -> {
          var lines = outgoing(Objects.requireNonNull(users.get(user)));
          if (!lines.isEmpty()) {
            chains.put(user, lines);
          }
        });
    return new Acl(chains, local(), incoming(), ports.keySet(), version(), "");
  }

  private int version() {
    return version(snapshot, at);
  }

  /** Changes with the policies, and as they begin and end by themselves. */
  public static int version(Snapshot snapshot, Instant at) {
    var policies = snapshot.policies();
    var inForce = policies.rules().stream().filter(rule -> rule.inForce(at)).map(Rule::id).toList();
    return Objects.hash(policies.epoch(), inForce);
  }

  private long questions() {
    var numbers = starts.values().stream().mapToLong(List::size).sum();
    return blocks.size() * (users.size() * numbers + ports.size())
        + (long) ports.size() * users.size();
  }

  /** What a unit may send to external networks; empty when nothing. */
  private List<String> outgoing(Unit unit) {
    var lines = new ArrayList<String>();
    var passes = false;
    for (var block : blocks) {
      for (var kind : Kind.values()) {
        var ranges =
            kind.isOver(block)
                ? ranges(kind, number -> external(unit, block, kind.traffic(number)))
                : "";
        if (!ranges.isEmpty()) {
          passes = true;
          lines.add(
              "%s daddr %s %s { %s } %s"
                  .formatted(family(block), block, kind.match, ranges, Interception.PASS));
        }
      }
      lines.add("%s daddr %s drop".formatted(family(block), block));
    }
    return passes ? lines : List.of();
  }

  private Verdict external(Unit unit, Cidr block, Traffic traffic) {
    return external(unit, block, traffic, Side.INITIATOR);
  }

  private Verdict external(Unit unit, Cidr block, Traffic traffic, Side side) {
    if (snapshot.needsHandshake(block, traffic)) {
      return REJECTED;
    }
    var found = snapshot.networks().find(block, traffic);
    return Externals.decide(snapshot, unit, found, traffic, side, at);
  }

  /** Nobody encrypts datagrams, so what has to be encrypted does not pass. */
  private static boolean passes(Verdict verdict) {
    return verdict.allowed() && !verdict.encrypt();
  }

  /** Numbers that pass, as nft writes ranges. */
  private String ranges(Kind kind, IntFunction<Verdict> decision) {
    var edges = Objects.requireNonNull(starts.get(kind));
    var ranges = new ArrayList<String>();
    var from = -1;
    for (var start : edges) {
      var passes = passes(decision.apply(start));
      if (passes && from < 0) {
        from = start;
      } else if (!passes && from >= 0) {
        ranges.add(from + "-" + (start - 1));
        from = -1;
      }
    }
    if (from >= 0) {
      ranges.add(from + "-" + Kind.LAST);
    }
    return String.join(", ", ranges);
  }

  /** Both ends are units of this host, so both sides are decided here; a unit reaches itself. */
  private List<String> local() {
    var lines = new ArrayList<String>();
    ports.keySet().stream()
        .sorted()
        .forEach(port -> {
          var may =
              users.keySet().stream()
                  .filter(user -> mayReach(user, port))
                  .sorted()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", "));
          if (!may.isEmpty()) {
            lines.add("udp dport %d meta skuid { %s } %s".formatted(port, may, Interception.PASS));
          }
        });
    return lines;
  }

  private boolean mayReach(long user, int port) {
    var from = users.get(user);
    var to = owner(port);
    if (from == null || to == null || from.equals(to)) {
      return from != null && from.equals(to);
    }
    var connection = new Connection(from.tags(), to.tags(), Traffic.udp(port), at);
    return passes(snapshot.policies().decide(connection, Side.INITIATOR))
        && passes(snapshot.policies().decide(connection, Side.RECEIVER));
  }

  /** Nobody when two units have that port. */
  private @Nullable Unit owner(int port) {
    return users.get(Objects.requireNonNull(ports.get(port)));
  }

  /** What external networks may send to the ports of units. */
  private List<String> incoming() {
    var lines = new ArrayList<String>();
    ports.keySet().stream()
        .sorted()
        .forEach(port -> {
          var unit = owner(port);
          if (unit != null) {
            blocks.forEach(block -> lines.add(incoming(unit, port, block)));
          }
        });
    return lines;
  }

  private String incoming(Unit unit, int port, Cidr block) {
    var passes = passes(external(unit, block, Traffic.udp(port), Side.RECEIVER));
    return "udp dport %d %s saddr %s %s"
        .formatted(port, family(block), block, passes ? Interception.PASS : "drop");
  }

  private static boolean isV4(Cidr block) {
    return block.network() instanceof Inet4Address;
  }

  private static String family(Cidr block) {
    return isV4(block) ? "ip" : "ip6";
  }
}
