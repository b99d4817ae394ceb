package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datagrams;
import io.oarlock.enforcer.datapath.Datapath;
import io.oarlock.enforcer.datapath.Interception;
import io.oarlock.enforcer.datapath.Snapshot;
import io.oarlock.enforcer.datapath.Unit;
import io.oarlock.model.NamespacePath;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * The units of this host. Each is a user of its own, from before its program starts until no
 * process of that user is left; the rules that lead its connections here hold for all that time,
 * and are there again when the agent is. Everything that changes happens under one lock; the
 * datapath reads {@link #users} and {@link #services}.
 */
final class Units {
  /**
   * Users that are given to units: a range that no distribution gives to people, services or
   * containers (systemd's UIDS-GIDS document calls it unused).
   */
  static final long UID_FIRST = 60_706;

  static final long UID_LAST = 61_183;

  /** How long a program may take from asking for its unit to being there. */
  static final Duration START_MAX = Duration.ofSeconds(30);

  /** Looks in a row that find no process of a unit before it has ended. */
  private static final int MISSED_MAX = 2;

  private final StateFolder state;
  private final NamespacePath namespace;
  private final InstantSource clock;
  private final Ports ports;
  private final Map<Long, RunningUnit> running = new ConcurrentHashMap<>();
  private final Map<Long, Unit> users = new ConcurrentHashMap<>();
  private final Map<Integer, Unit> services = new ConcurrentHashMap<>();
  private final Map<Long, Long> witnesses = new HashMap<>();
  private final Map<Long, Integer> missed = new HashMap<>();
  private Map<Integer, Set<Long>> listening = Map.of();
  private Map<Integer, Long> datagramPorts = Map.of();
  private Snapshot decidedBy = Snapshot.NOTHING;
  private int datagramVersion;
  private Optional<Interception.Rules> installed = Optional.empty();
  private boolean stale = true;

  /** Where the datapath accepts what the rules lead to it. */
  record Ports(int outgoing, int incoming) {}

  Units(StateFolder state, NamespacePath namespace, InstantSource clock, Ports ports) {
    this.state = state;
    this.namespace = namespace;
    this.clock = clock;
    this.ports = ports;
  }

  /** The unit of each user. */
  Map<Long, Unit> users() {
    return users;
  }

  /** The unit that listens at each port; a port of two units is neither's. */
  Map<Integer, Unit> services() {
    return services;
  }

  Collection<RunningUnit> all() {
    return List.copyOf(running.values());
  }

  /** Takes up what an agent before this one left running. */
  synchronized void resume() {
    state.units().stream().map(RunningUnit::of).forEach(unit -> running.put(unit.uid(), unit));
    refresh(Processes.listeners(running.keySet()));
  }

  /** A new unit with a user of its own; its connections are led here when this returns. */
  synchronized RunningUnit start(Asked asked) {
    var id = asked.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
    var unit = RunningUnit.local(id, asked, freeUser(), namespace, clock.instant());
    running.put(unit.uid(), unit);
    try {
      refresh(listening);
      save();
      return unit;
    } catch (RuntimeException e) {
      running.remove(unit.uid());
      users.remove(unit.uid());
      throw e;
    }
  }

  /** At random, so that agents of two network namespaces on one machine rarely agree. */
  private long freeUser() {
    var free = new ArrayList<Long>();
    for (var user = UID_FIRST; user <= UID_LAST; user++) {
      if (!running.containsKey(user)) {
        free.add(user);
      }
    }
    free.removeAll(Processes.witnesses(Set.copyOf(free)).keySet());
    if (free.isEmpty()) {
      throw new AgentException(
          "A host has at most %d units at a time, and each is taken; end one"
              .formatted(UID_LAST - UID_FIRST + 1));
    }
    return free.get(ThreadLocalRandom.current().nextInt(free.size()));
  }

  /** The platform has heard of a unit: its word about the tags counts from now on. */
  synchronized void known(RunningUnit unit, String platformId, List<String> tags, Datapath path) {
    if (running.containsKey(unit.uid())) {
      running.put(unit.uid(), unit.known(platformId, Set.copyOf(tags)));
      refresh(listening);
      path.forget(unit.id());
      save();
    }
  }

  /** Looks at which ports units listen, and which have ended; gives those. */
  synchronized List<RunningUnit> look(Datapath path) {
    var now = Processes.listeners(running.keySet());
    if (decideDatagrams(path.snapshot()) || !now.equals(listening) || stale) {
      refresh(now);
    }
    var ended = ended();
    if (!ended.isEmpty()) {
      for (var unit : ended) {
        running.remove(unit.uid());
        witnesses.remove(unit.uid());
        missed.remove(unit.uid());
        path.forget(unit.id());
      }
      refresh(listening);
      save();
    }
    return ended;
  }

  /** Whether other datagrams may pass than before: by other policies, at other ports, with time. */
  private boolean decideDatagrams(Snapshot snapshot) {
    var ports = Processes.datagramPorts(running.keySet());
    var version = snapshot.policies().isTimed() ? Datagrams.version(snapshot, clock.instant()) : 0;
    var same =
        snapshot.equals(decidedBy) && ports.equals(datagramPorts) && version == datagramVersion;
    decidedBy = snapshot;
    datagramPorts = ports;
    datagramVersion = version;
    return !same;
  }

  /** Why units may send nothing beside TCP at all; empty when policies decide it. */
  synchronized String problem() {
    return installed.map(rules -> rules.datagrams().problem()).orElse("");
  }

  private List<RunningUnit> ended() {
    var unseen =
        running.keySet().stream().filter(user -> !isWitnessed(user)).collect(Collectors.toSet());
    if (unseen.isEmpty()) {
      return List.of();
    }
    var found = Processes.witnesses(unseen);
    witnesses.putAll(found);
    found.keySet().forEach(missed::remove);
    unseen.removeAll(found.keySet());
    return unseen.stream().flatMap(user -> ended(user).stream()).toList();
  }

  private boolean isWitnessed(long user) {
    var witness = witnesses.get(user);
    return witness != null && Processes.usersOf(witness).contains(user);
  }

  private Optional<RunningUnit> ended(long user) {
    var unit = Objects.requireNonNull(running.get(user));
    return !isStarting(unit) && missed.merge(user, 1, Integer::sum) >= MISSED_MAX
        ? Optional.of(unit)
        : Optional.empty();
  }

  /** A program that ends before it was ever seen leaves no process either. */
  private boolean isStarting(RunningUnit unit) {
    return !witnesses.containsKey(unit.uid())
        && Processes.exists(unit.pid())
        && clock.instant().isBefore(unit.since().plus(START_MAX));
  }

  /** Makes rules and what the datapath reads one with the units and what they listen on. */
  private void refresh(Map<Integer, Set<Long>> ports) {
    stale = true;
    var units = new HashMap<Long, Unit>();
    running.forEach((user, unit) -> units.put(user, unit.unit()));
    users.putAll(units);
    install(units, ports.keySet());
    users.keySet().retainAll(units.keySet());
    var owners = new HashMap<Integer, Unit>();
    ports.forEach((port, owner) -> {
      var unit = owner.size() == 1 ? units.get(owner.iterator().next()) : null;
      if (unit != null) {
        owners.put(port, unit);
      }
    });
    services.putAll(owners);
    services.keySet().retainAll(owners.keySet());
    listening = ports;
    stale = false;
  }

  private void install(Map<Long, Unit> units, Set<Integer> allPorts) {
    var rules =
        new Interception.Rules(
            Set.copyOf(units.keySet()),
            Set.copyOf(allPorts),
            Datagrams.decide(decidedBy, units, datagramPorts, clock.instant()),
            ports.outgoing(),
            ports.incoming());
    if (installed.filter(rules::equals).isPresent()) {
      return;
    }
    try {
      Interception.install(rules);
      installed = Optional.of(rules);
    } catch (IOException e) {
      throw new AgentException(
          "The rules that lead connections to the agent cannot be installed: %s. It needs root and Debian's nftables"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void save() {
    state.saveUnits(running.values().stream().map(RunningUnit::tree).toList());
  }

  /** Takes the rules away, unless units are left: nobody would decide what they may do. */
  synchronized boolean release() {
    var found = Processes.witnesses(running.keySet());
    if (running.values().stream()
        .anyMatch(unit -> found.containsKey(unit.uid()) || isStarting(unit))) {
      return false;
    }
    try {
      Interception.remove();
      return true;
    } catch (IOException e) {
      throw new AgentException("The rules cannot be removed: " + e.getMessage(), e);
    }
  }

  private synchronized List<Integer> udpPorts(long user) {
    return datagramPorts.entrySet().stream()
        .filter(each -> each.getValue() == user)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  Map<String, Object> tree(RunningUnit unit) {
    var tree = new LinkedHashMap<>(unit.tree());
    tree.put(
        "ports",
        services.entrySet().stream()
            .filter(each -> each.getValue().id().equals(unit.id()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
    tree.put("udpPorts", udpPorts(unit.uid()));
    return tree;
  }
}
