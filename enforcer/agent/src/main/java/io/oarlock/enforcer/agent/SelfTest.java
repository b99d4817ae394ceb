package io.oarlock.enforcer.agent;

import io.oarlock.enforcer.datapath.Datagrams;
import io.oarlock.enforcer.datapath.Interception;
import io.oarlock.enforcer.datapath.SocketOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks at everything an agent needs of its host and of the platform, and carries a connection
 * through a datapath. It changes nothing and can run beside an agent.
 */
final class SelfTest {
  /**
   * How far the clock may be off. Messages of a handshake are good for thirty seconds, and the
   * other host's clock may be off the other way.
   */
  static final Duration CLOCK_OFF_MAX = Duration.ofSeconds(15);

  private static final Duration PROGRAM_MAX = Duration.ofSeconds(10);

  private static final String ENROL =
      "enrol: ./oarlock enforcer run --credential FILE, or name the file here: --credential FILE";

  private final StateFolder state;
  private final Optional<Path> credential;
  private final InstantSource clock = InstantSource.system();

  SelfTest(StateFolder state, Optional<Path> credential) {
    this.state = state;
    this.credential = credential;
  }

  List<Check> run() {
    var checks = new ArrayList<Check>();
    checks.add(Check.of("root", "start it with sudo", SelfTest::root));
    checks.add(
        Check.of(
            "programs", "apt install util-linux; root is needed, too", SelfTest::becomesAnother));
    checks.add(
        Check.of(
            "users",
            "give those accounts other numbers: units are users %d to %d"
                .formatted(Units.UID_FIRST, Units.UID_LAST),
            SelfTest::users));
    checks.add(
        Check.of(
            "nftables",
            "apt install nftables, and use sudo; the kernel needs nf_tables with NAT and conntrack",
            SelfTest::rules));
    checks.add(Check.of("sock_diag", "load the kernel module tcp_diag", SelfTest::sockets));
    checks.add(
        Check.of(
            "ports",
            "end the program that has them (ss -ltnp), or start it with sudo",
            this::ports));
    checks.add(
        Check.of(
            "folder", "choose another one with --state DIR, or start it with sudo", this::folder));
    checks.addAll(platform());
    checks.addAll(loopBack());
    return checks;
  }

  private static String root() throws IOException {
    var uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    if (!Integer.valueOf(0).equals(uid)) {
      throw new IOException("the user is " + uid);
    }
    return "the user is root";
  }

  /** A unit is started like this. */
  private static String becomesAnother() throws IOException, InterruptedException {
    var command = Launch.alone(Units.UID_LAST).command(List.of("true"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(PROGRAM_MAX.toMillis(), TimeUnit.MILLISECONDS)
        || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("setpriv cannot start a program as another user: " + said.strip());
    }
    return "setpriv starts a program as another user, without a way back";
  }

  private static String users() throws IOException {
    var taken =
        Files.readAllLines(Path.of("/etc/passwd")).stream()
            .map(line -> line.split(":", -1))
            .filter(fields -> fields.length > 2 && fields[2].matches("\\d{1,10}"))
            .filter(fields -> isUnit(Long.parseLong(fields[2])))
            .map(fields -> fields[0])
            .toList();
    if (!taken.isEmpty()) {
      throw new IOException("accounts of this host have numbers of units: " + taken);
    }
    return "%d to %d are no account's".formatted(Units.UID_FIRST, Units.UID_LAST);
  }

  private static boolean isUnit(long user) {
    return user >= Units.UID_FIRST && user <= Units.UID_LAST;
  }

  private static String rules() throws IOException {
    Interception.check(
        new Interception.Rules(
            Set.of(Units.UID_FIRST),
            Set.of(1),
            Datagrams.Acl.NONE,
            Agent.PORTS.outgoing(),
            Agent.PORTS.incoming()));
    return "the kernel takes the rules";
  }

  /** Asks for a connection that this makes to itself. */
  private static String sockets() throws IOException {
    var loop = InetAddress.getLoopbackAddress();
    try (var owners = new SocketOwner();
        var server = new ServerSocket(0, 1, loop);
        var client = new java.net.Socket(loop, server.getLocalPort());
        var _ = server.accept()) {
      var here = (InetSocketAddress) client.getLocalSocketAddress();
      var there = (InetSocketAddress) client.getRemoteSocketAddress();
      var owner =
          owners
              .uidOf(here, there)
              .orElseThrow(() -> new IOException("the kernel does not tell whose socket it is"));
      return "the kernel tells whose a socket is: user " + owner;
    }
  }

  private String ports() throws IOException {
    var ports = List.of(Agent.PORTS.outgoing(), Agent.PORTS.incoming());
    for (var port : ports) {
      try (var _ = new ServerSocket(port)) {
        // Free, and taken by nobody but for this moment.
      } catch (IOException e) {
        if (runs()) {
          return ports + " are open, by the agent that runs here";
        }
        throw new IOException("port " + port + ": " + e.getMessage(), e);
      }
    }
    return ports + " are free";
  }

  private boolean runs() {
    try {
      return !ControlSocket.ask(state, Map.of("op", "status")).isEmpty();
    } catch (AgentException _) {
      return false;
    }
  }

  private String folder() throws IOException {
    var folder = state.folder();
    var socket = state.socket();
    var there = folder;
    while (!Files.exists(there)) {
      there = Objects.requireNonNullElse(there.getParent(), Path.of("/"));
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new IOException(there + " cannot be written");
    }
    return Files.exists(socket) ? folder + ", in use" : folder.toString();
  }

  private List<Check> platform() {
    try {
      var enrolment = state.enrolment();
      if (enrolment.isPresent()) {
        return platform(enrolment.get());
      }
      if (credential.isPresent()) {
        try (var client = Enrolling.client(credential.get(), clock)) {
          return reached(client);
        }
      }
      return List.of(Check.skipped("platform", "this host has not enrolled", ENROL));
    } catch (RuntimeException e) {
      return List.of(
          new Check("enrolment", Check.State.FAILED, String.valueOf(e.getMessage()), ENROL));
    }
  }

  private List<Check> platform(Enrolment enrolment) {
    var checks = new ArrayList<Check>();
    checks.add(
        Check.of(
            "certificate",
            "let the agent run where it reaches the platform, or enrol anew with --credential FILE",
            () -> certificate(enrolment)));
    try (var client =
        new PlatformClient(
            enrolment.url(),
            enrolment.platformAuthority(),
            enrolment.id(),
            enrolment.privateKey(),
            enrolment.namespace().value(),
            clock)) {
      checks.addAll(reached(client));
    }
    return checks;
  }

  private String certificate(Enrolment enrolment) throws IOException {
    if (!clock.instant().isBefore(enrolment.until())) {
      throw new IOException("it ended at " + enrolment.until());
    }
    return "%s, until %s".formatted(enrolment, enrolment.until());
  }

  private List<Check> reached(PlatformClient client) {
    var ahead = new ArrayList<Duration>();
    var reached =
        Check.of(
            "platform",
            "see that the platform runs and can be reached from this host at that address",
            () -> {
              ahead.add(client.ahead());
              return client.url() + " has let this host in over TLS by its authority";
            });
    if (ahead.isEmpty()) {
      return List.of(reached, Check.skipped("clock", "the platform has not answered", ""));
    }
    return List.of(
        reached, Check.of("clock", "timedatectl set-ntp true", () -> clock(ahead.getFirst())));
  }

  private static String clock(Duration ahead) throws IOException {
    var off = "%.1f s off the platform's".formatted(ahead.toMillis() / 1000.0);
    if (ahead.abs().compareTo(CLOCK_OFF_MAX) > 0) {
      throw new IOException(off + ", and at most " + CLOCK_OFF_MAX.toSeconds() + " s are allowed");
    }
    return off;
  }

  private static List<Check> loopBack() {
    var fix =
        "tell us what it says: this is a fault of Oarlock, or another program cuts connections";
    try (var loop = new LoopBack()) {
      return List.of(
          Check.of("connection", fix, () -> loop.carry(false)),
          Check.of("encryption", fix, () -> loop.carry(true)),
          Check.of("refusal", fix, loop::refuse));
    } catch (IOException | RuntimeException | LinkageError e) {
      return List.of(new Check("connection", Check.State.FAILED, e.toString(), fix));
    }
  }
}
