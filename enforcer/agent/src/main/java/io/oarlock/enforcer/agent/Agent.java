package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datapath;
import io.oarlock.enforcer.datapath.FlowEvent;
import io.oarlock.enforcer.datapath.Intercepted;
import io.oarlock.enforcer.datapath.Interception;
import io.oarlock.enforcer.datapath.Limits;
import io.oarlock.enforcer.datapath.SocketOwner;
import io.oarlock.enforcer.wire.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The enforcer of a host, made of its parts and closed in reverse. It allows nothing before it has
 * policies, and keeps deciding by the last ones while the platform is away.
 */
final class Agent implements AutoCloseable {
  /**
   * Ports that only root can open: when the agent is dead, the rules lead connections there, and no
   * program of a user can sit down in its place.
   */
  static final Units.Ports PORTS = new Units.Ports(941, 942);

  /** How often what units listen on is looked at. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** How often the platform is told what it has not heard yet. */
  private static final Duration TELL_EVERY = Duration.ofSeconds(2);

  private static final Duration FIRST_ANSWER_MAX = Duration.ofSeconds(15);

  private static final String REPORTS = "reports";

  private final InstantSource clock = InstantSource.system();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final StateFolder state;
  private final Flows flows = new Flows(clock);
  private final Units units;
  private final Datapath path;
  private final PolicySync sync;
  private final UnitReports reports;
  private final FlowReports flowReports;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  /**
   * What {@code enforcer run} was told.
   *
   * @param credential for hosts that have not enrolled yet
   * @param flowsEvery how long connections are counted together before the platform is told
   */
  record Options(
      Optional<Path> credential, Path state, Optional<String> name, Duration flowsEvery) {}

  private Agent(Options options) throws IOException {
    this.state = own(new StateFolder(options.state()));
    state.take();
    var enrolment = enrolment(options);
    this.units = new Units(state, enrolment.namespace(), clock, PORTS);
    var platform =
        own(
            new PlatformClient(
                enrolment.url(),
                enrolment.platformAuthority(),
                enrolment.id(),
                enrolment.privateKey(),
                enrolment.namespace().value(),
                clock));
    var trust = new Trust(List.of(enrolment.anchor()), clock);
    var owners = own(new SocketOwner());
    var window = new FlowWindow(clock);
    FlowEvent.Journal journal =
        event -> {
          flows.tell(event);
          window.tell(event);
        };
    this.path = own(new Datapath(setup(enrolment, trust), Limits.DEFAULT, journal, 1));
    this.flowReports = own(FlowReports.to(platform, enrolment.id(), window, state));
    listen(owners);
    this.reports = new UnitReports(platform, units, path);
    this.sync = new PolicySync(state, enrolment, platform, trust, path, clock);
  }

  /** Starts everything; returns when connections are decided here. */
  static Agent start(Options options) throws IOException, InterruptedException {
    var agent = new Agent(options);
    try {
      agent.units.resume();
      agent.own(agent.new Release());
      agent.own(agent.sync).start();
      agent.repeat("looks", LOOK_EVERY, agent::look);
      agent.repeat(REPORTS, TELL_EVERY, agent::tell);
      agent.repeat("flow reports", options.flowsEvery(), agent::report);
      agent.own(new ControlSocket(agent.state.socket(), agent)).start();
      agent.sync.awaitFirst(FIRST_ANSWER_MAX);
      return agent;
    } catch (RuntimeException | IOException e) {
      agent.close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    parts.push(part);
    return part;
  }

  private Enrolment enrolment(Options options) {
    var known = state.enrolment().filter(each -> clock.instant().isBefore(each.until()));
    if (known.isPresent()) {
      return known.get();
    }
    var file =
        options
            .credential()
            .orElseThrow(() ->
                new AgentException(
                    "This host has not enrolled, or its certificate has ended; add --credential FILE"
                        + " (./oarlock enforcer register --namespace NS --out FILE writes one)"));
    var made = Enrolling.enrol(file, options.name().orElseGet(Enrolling::hostName), clock);
    state.save(made);
    return made;
  }

  private Datapath.Setup setup(Enrolment enrolment, Trust trust) {
    return new Datapath.Setup(
        enrolment.enforcerKey(),
        enrolment.namespace(),
        trust,
        clock,
        Interception.MARK,
        address -> Optional.ofNullable(units.services().get(address.getPort())));
  }

  private void listen(SocketOwner owners) {
    try {
      path.listenOutgoing(
          new InetSocketAddress("::", PORTS.outgoing()),
          Intercepted.outgoing(owners, units.users()));
      path.listenIncoming(
          new InetSocketAddress("::", PORTS.incoming()), Intercepted.incoming(units.services()));
    } catch (RuntimeException e) {
      throw new AgentException(
          "The ports %d and %d of this network namespace cannot be opened: %s"
              .formatted(PORTS.outgoing(), PORTS.incoming(), e.getMessage()),
          e);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void repeat(String name, Duration every, Work work) {
    var thread =
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                attempt(name, work);
                rest(every);
              }
            });
    own(thread::interrupt);
  }

  private void attempt(String name, Work work) {
    try {
      work.run();
      troubles.remove(name);
    } catch (IOException | RuntimeException e) {
      troubles.put(name, String.valueOf(e.getMessage()));
    }
  }

  private static void rest(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    reports.ended(units.look(path));
  }

  private void tell() throws IOException {
    if (sync.report().connected()) {
      reports.catchUp();
    }
  }

  private void report() throws IOException {
    flowReports.keep();
    if (sync.report().connected()) {
      flowReports.send();
    }
  }

  /** A unit for a program that is about to start. */
  RunningUnit unit(Asked asked) {
    var unit = units.start(asked);
    attempt(REPORTS, this::tell);
    return unit;
  }

  Map<String, Object> ready() {
    var enrolment = sync.enrolment();
    var report = sync.report();
    var tree = new LinkedHashMap<String, Object>();
    tree.put("enforcer", enrolment.id());
    tree.put("name", enrolment.name());
    tree.put("namespace", enrolment.namespace().value());
    tree.put("epoch", report.epoch());
    tree.put("policies", report.source());
    tree.put("stateDir", state.folder().toString());
    tree.put("pid", ProcessHandle.current().pid());
    return tree;
  }

  Map<String, Object> status() {
    var report = sync.report();
    var tree = ready();
    tree.put(
        "platform",
        Map.of(
            "url", sync.enrolment().url().toString(),
            "connected", report.connected(),
            "reason", report.away()));
    tree.put("policies", report.tree());
    tree.put("certificateUntil", sync.enrolment().until().toString());
    tree.put("units", units.all().stream().map(units::tree).toList());
    tree.put("connections", path.liveFlows());
    tree.put("flows", flows.counts());
    tree.put("latestFlows", flows.latest());
    tree.put("flowReports", flowReports.counts());
    tree.put(
        "troubles",
        Stream.concat(troubles.values().stream(), Stream.of(units.problem()))
            .filter(each -> !each.isEmpty())
            .toList());
    return tree;
  }

  /** The rules go with the agent only when there is nobody left whom they hold. */
  private final class Release implements AutoCloseable {
    @Override
    public void close() {
      if (!units.release()) {
        System.err.println(
            "Units are still running: the rules stay, and what they open fails until an agent is there again.");
      }
    }
  }

  @Override
  public void close() {
    for (var part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        System.err.println("While stopping: " + e.getMessage());
      }
    }
  }
}
