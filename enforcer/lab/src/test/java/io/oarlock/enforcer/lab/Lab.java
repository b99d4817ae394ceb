package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.wire.Authority;
import io.oarlock.json.Json;
import io.oarlock.model.NamespacePath;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two hosts with enforcers, and a stranger, on one bridge; each a network namespace. Closing it
 * takes all of it away, and says so if something is left.
 */
final class Lab implements AutoCloseable {
  static final NamespacePath PROD = NamespacePath.of("/acme/prod");
  private static final Duration DAY = Duration.ofDays(1);
  private static final long PATIENCE_SECONDS = 60;

  private static final AtomicInteger LABS = new AtomicInteger();

  private final String prefix =
      "oarlab" + ProcessHandle.current().pid() + "-" + LABS.incrementAndGet();
  private final Authority authority =
      Authority.make("Lab", PROD, DAY, InstantSource.system().instant());
  private final List<Process> programs = new ArrayList<>();
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private long epoch;

  /** The enforcer of a host. */
  static final class Host {
    final Process process;
    final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    Host(Process process) {
      this.process = process;
      Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(this::sort));
    }

    /** What it answers and what it tells of connections come in any order. */
    private void sort(String line) {
      (line.equals("APPLIED") ? answers : lines).add(line);
    }

    void awaitApplied() {
      await(answers, "APPLIED");
    }

    void tell(Map<String, Object> tree) {
      try {
        process.getOutputStream().write(Json.write(tree));
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Waits for a line that contains this. */
    String await(String part) {
      return await(lines, part);
    }

    private static String await(BlockingQueue<String> lines, String part) {
      var seen = new ArrayList<String>();
      try {
        for (var line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            line != null;
            line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          seen.add(line);
          if (line.contains(part)) {
            return line;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new AssertionError("no line with " + part + " among " + seen);
    }
  }

  Lab() {
    try {
      Shell.must("ip netns add " + host("net"));
      Shell.must("ip -n " + host("net") + " link add br0 type bridge");
      Shell.must("ip -n " + host("net") + " link set br0 up");
      attach("a", 1);
      attach("b", 2);
      attach("s", 3);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The namespace of a host. */
  String host(String name) {
    return prefix + name;
  }

  private void attach(String name, int number) {
    var in = "ip -n " + host(name) + " ";
    Shell.must("ip netns add " + host(name));
    Shell.must(
        "ip link add eth0 netns %s type veth peer name port%s netns %s"
            .formatted(host(name), name, host("net")));
    Shell.must("ip -n " + host("net") + " link set port" + name + " master br0 up");
    Shell.must(in + "addr add 10.77.0." + number + "/24 dev eth0");
    Shell.must(in + "addr add fd77::" + number + "/64 dev eth0 nodad");
    Shell.must(in + "link set lo up");
    Shell.must(in + "link set eth0 up");
  }

  /** A unit: what user it runs as and where it listens. */
  record LabUnit(String id, int uid, int port, List<String> tags) {}

  /** Starts the enforcer of a host. */
  Host enforcer(String name, LabUnit... units) {
    var java = ProcessHandle.current().info().command().orElse("java");
    var host =
        new Host(
            start(
                List.of(
                    "nsenter",
                    "--net=/run/netns/" + host(name),
                    java,
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    System.getProperty("java.class.path"),
                    HostMain.class.getName())));
    hosts.put(name, host);
    host.tell(identity("host-" + name, List.of(units)));
    return host;
  }

  private Map<String, Object> identity(String name, List<LabUnit> units) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      var certificate =
          authority.certify(name, PROD, pair.getPublic(), DAY, InstantSource.system().instant());
      var encoder = Base64.getEncoder();
      return Map.of(
          "name", name,
          "authority", encoder.encodeToString(authority.certificate().getEncoded()),
          "certificate", encoder.encodeToString(certificate.getEncoded()),
          "key", encoder.encodeToString(pair.getPrivate().getEncoded()),
          "units", units.stream().map(Lab::tree).toList());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> tree(LabUnit unit) {
    return Map.of("id", unit.id(), "uid", unit.uid(), "port", unit.port(), "tags", unit.tags());
  }

  /** Lets these policies hold on every host. */
  void apply(List<Map<String, Object>> policies) {
    apply(policies, hosts.keySet().toArray(String[]::new));
  }

  /** Lets these policies hold on some of the hosts. */
  void apply(List<Map<String, Object>> policies, String... names) {
    epoch++;
    var some = Arrays.stream(names).map(name -> Objects.requireNonNull(hosts.get(name))).toList();
    some.forEach(host -> host.tell(Map.of("epoch", epoch, "policies", policies)));
    some.forEach(Host::awaitApplied);
  }

  /** Starts a program that ends with the lab. */
  Process start(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      programs.add(process);
      return process;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Ends one enforcer in an orderly way; gives the rules it left behind. */
  String stop(String name) {
    var host = hosts.remove(name);
    if (host != null) {
      try {
        host.process.getOutputStream().close();
        assertThat(host.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return rules(name);
  }

  String rules(String name) {
    return Shell.run("nsenter", "--net=/run/netns/" + host(name), "nft", "list", "ruleset")
        .words()
        .strip();
  }

  @Override
  public void close() {
    for (var program : programs) {
      program.descendants().forEach(ProcessHandle::destroyForcibly);
      program.destroyForcibly();
    }
    for (var name : List.of("a", "b", "s", "net")) {
      Shell.run("ip", "netns", "del", host(name));
    }
    var left = Shell.run("ip", "netns", "list").words();
    assertThat(left).doesNotContain(prefix);
  }
}
