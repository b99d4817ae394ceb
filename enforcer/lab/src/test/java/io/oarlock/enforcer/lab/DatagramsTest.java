package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Units send UDP and ICMP with nc and ping, to somebody without an agent, to each other, and are
 * sent some: nothing passes but what policies about external networks say.
 */
class DatagramsTest {
  private static final String PROD = "/acme/prod";
  private static final List<String> STRANGER = List.of("10.77.0.3", "fd77::3");
  private static final List<String> BACKEND = List.of("10.77.0.2", "fd77::2");
  private static final int OPEN = 9999;
  private static final int CLOSED = 9998;
  private static final int BACKEND_PORT = 7777;
  private static final int DATABASE_PORT = 6000;

  /** Prints what it hears, and answers. */
  private static final String ECHO =
      """
      import socket, sys

      at = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
      at.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
      at.bind(("::", int(sys.argv[1])))
      heard = open(sys.argv[2], "a", buffering=1)
      while True:
          words, sender = at.recvfrom(2000)
          heard.write(words.decode())
          at.sendto(b"heard " + words, sender)
      """;

  @TempDir private Path folder;
  private Lab lab;
  private Platform platform;
  private AgentHost a;
  private AgentHost b;
  private UnitShell frontend;
  private UnitShell other;

  @BeforeEach
  void build() throws Exception {
    ThreeTiersTest.requireRoot();
    assumeTrue(
        Shell.run("sh", "-c", "command -v ping").status() == 0 || System.getenv("CI") != null,
        "there is no ping; install Debian's iputils-ping");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("echo.py"), ECHO);
    lab = new Lab();
    letUsersPing("a");
    platform = new Platform(lab, folder.resolve("home"));
    platform.namespace("/", "acme");
    platform.namespace("/acme", "prod");
    var credential = folder.resolve("credential.json");
    platform.must("enforcer", "register", "-n", PROD, "--out", credential.toString());
    a = new AgentHost(lab, "a", folder, credential);
    b = new AgentHost(lab, "b", folder, credential);
    frontend = new UnitShell(a.unit("frontend", "sh"));
    other = new UnitShell(a.unit("other", "sh"));
    for (var port : List.of(OPEN, CLOSED)) {
      var server = echo("stranger", port);
      lab.start(Shell.on(lab.host("s"), 0, server));
    }
    b.unit("backend", echo("backend", BACKEND_PORT));
    a.unit("database", echo("database", DATABASE_PORT));
    AgentHost.await("the back end's port", () -> b.udpPorts().contains((long) BACKEND_PORT));
    AgentHost.await("the database's port", () -> a.udpPorts().contains((long) DATABASE_PORT));
  }

  /**
   * As systemd does on a host; a network namespace begins with nobody. A program that wants
   * capabilities cannot be started by who may never have any, so it is a copy without.
   */
  private void letUsersPing(String host) {
    var copy = "cp \"$(command -v ping)\" " + folder.resolve("ping");
    assertThat(Shell.run("sh", "-c", copy).status()).isZero();
    var allow = "echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range";
    assertThat(Shell.run(Shell.on(lab.host(host), 0, "sh", "-c", allow)).status()).isZero();
  }

  private String[] echo(String name, int port) throws IOException {
    var heard = folder.resolve(name + ".heard");
    if (!Files.exists(heard)) {
      Files.createFile(heard);
      Files.setPosixFilePermissions(heard, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    var program = folder.resolve("echo.py").toString();
    return new String[] {"/usr/bin/python3", program, String.valueOf(port), heard.toString()};
  }

  @AfterEach
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void onlyDatagramsThatPoliciesAboutNetworksAllowPass() {
    nothingPassesAtFirst();
    networks();
    whatAPolicyAllowsPassesAndIsAnswered();
    nothingElsePasses();
    whoMaySendToAUnitIsHeardAndAnswered();
    unitsOfAHostReachEachOtherAsPoliciesSay();
    aPolicyTakenAwayEndsIt();
  }

  private void nothingPassesAtFirst() {
    for (var address : STRANGER) {
      assertThat(ask(frontend, "caged", address, OPEN)).isEmpty();
      assertThat(pings(frontend, address)).isFalse();
      AgentHost.await(
          "a program that is no unit is answered at " + address,
          () -> !root("a", "free", address, OPEN).isEmpty());
    }
    for (var address : BACKEND) {
      assertThat(root("s", "uninvited", address, BACKEND_PORT)).isEmpty();
      assertThat(root("b", "uninvited", address, BACKEND_PORT)).isEmpty();
    }
    assertThat(ask(frontend, "caged", "127.0.0.1", DATABASE_PORT)).isEmpty();
    assertThat(heard("stranger")).contains("free").doesNotContain("caged");
    assertThat(heard("backend") + heard("database")).isEmpty();
  }

  private void networks() {
    platform.rest(
        "POST",
        PROD,
        "externalnetworks",
        Map.of(
            "name",
            "outside",
            "entries",
            STRANGER.stream().map(each -> each + (each.contains(":") ? "/128" : "/32")).toList(),
            "servicePorts",
            List.of("udp/" + OPEN, "udp/" + BACKEND_PORT, "icmp/8", "icmp6/128"),
            "associatedTags",
            List.of("net=outside")));
    policy(
        "front-to-outside",
        "role=frontend",
        "net=outside",
        "udp/" + OPEN,
        "udp/" + CLOSED,
        "icmp/8/0",
        "icmp6/128");
  }

  private void policy(String name, String from, String to, String... ports) {
    platform.rest(
        "POST",
        PROD,
        "networkaccesspolicies",
        Map.of(
            "name",
            name,
            "subject",
            List.of(List.of(from)),
            "object",
            List.of(List.of(to)),
            "ports",
            List.of(ports)));
  }

  private void whatAPolicyAllowsPassesAndIsAnswered() {
    for (var address : STRANGER) {
      AgentHost.await(
          "an answer of " + address,
          () -> ask(frontend, "allowed", address, OPEN).contains("heard allowed"));
      AgentHost.await("an echo of " + address, () -> pings(frontend, address));
    }
  }

  /** Another port, another unit, another host: one with an agent, too. */
  private void nothingElsePasses() {
    for (var address : STRANGER) {
      assertThat(ask(frontend, "caged", address, CLOSED)).isEmpty();
      assertThat(ask(other, "caged", address, OPEN)).isEmpty();
      assertThat(pings(other, address)).isFalse();
    }
    for (var address : BACKEND) {
      assertThat(ask(frontend, "caged", address, BACKEND_PORT)).isEmpty();
      assertThat(pings(frontend, address)).isFalse();
      assertThat(root("s", "uninvited", address, BACKEND_PORT)).isEmpty();
    }
    assertThat(heard("stranger")).doesNotContain("caged");
    assertThat(heard("backend")).isEmpty();
  }

  private void whoMaySendToAUnitIsHeardAndAnswered() {
    policy("outside-to-back", "net=outside", "role=backend", "udp/" + BACKEND_PORT);
    for (var address : BACKEND) {
      AgentHost.await(
          "an answer of the back end at " + address,
          () -> root("s", "invited", address, BACKEND_PORT).contains("heard invited"));
    }
    assertThat(heard("backend")).doesNotContain("uninvited", "caged");
  }

  private void unitsOfAHostReachEachOtherAsPoliciesSay() {
    platform.allow(PROD, "front-to-data", "frontend", "database");
    AgentHost.await(
        "an answer of the database",
        () -> ask(frontend, "allowed", "127.0.0.1", DATABASE_PORT).contains("heard allowed"));
    assertThat(ask(other, "caged", "127.0.0.1", DATABASE_PORT)).isEmpty();
    assertThat(heard("database")).doesNotContain("caged");
  }

  private void aPolicyTakenAwayEndsIt() {
    var port = String.valueOf(OPEN);
    assertThat(lab.rules("a")).contains(port);
    platform.rest("DELETE", PROD, "networkaccesspolicies/name:front-to-outside", Map.of());
    AgentHost.await("rules of the policies that are left", () -> !lab.rules("a").contains(port));
    for (var address : STRANGER) {
      assertThat(pings(frontend, address)).isFalse();
      assertThat(ask(frontend, "too late", address, OPEN)).isEmpty();
    }
    assertThat(heard("stranger")).doesNotContain("too late");
  }

  private static String ask(UnitShell unit, String words, String address, int port) {
    return unit.run("echo '%s' | nc -u -w 1 %s %d 2>/dev/null".formatted(words, address, port));
  }

  private boolean pings(UnitShell unit, String address) {
    var ping = folder.resolve("ping") + " -c 1 -W 2 " + address;
    return unit.run(ping + " >/dev/null 2>&1; echo $?").equals("0");
  }

  private String root(String host, String words, String address, int port) {
    var send = "echo '%s' | nc -u -w 1 %s %d 2>/dev/null".formatted(words, address, port);
    return Shell.run(Shell.on(lab.host(host), 0, "sh", "-c", send)).words().strip();
  }

  private String heard(String name) {
    try {
      return Files.readString(folder.resolve(name + ".heard"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
