package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three tiers on two hosts as a newcomer has them: a platform, an agent on each host, units started
 * by {@code oarlock enforcer exec}, policies written over REST; and a stranger.
 */
class RealPlatformTest {
  private static final String MARKER = "the ships sail at dawn";
  private static final String PROD = "/acme/prod";
  private static final String BACKEND = "http://10.77.0.2:8080/";
  private static final String BACKEND6 = "http://[fd77::2]:8080/";
  private static final String DATABASE = "http://10.77.0.1:5432/";

  @TempDir private Path folder;
  private Lab lab;
  private Platform platform;
  private AgentHost a;
  private AgentHost b;

  @BeforeEach
  void build() throws Exception {
    ThreeTiersTest.requireRoot();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var pages = Files.createDirectory(folder.resolve("pages"));
    Files.writeString(pages.resolve("index.html"), MARKER);
    lab = new Lab();
    platform = new Platform(lab, folder.resolve("home"));
    platform.namespace("/", "acme");
    platform.namespace("/acme", "prod");
    var credential = folder.resolve("credential.json");
    platform.must("enforcer", "register", "-n", PROD, "--out", credential.toString());
    a = new AgentHost(lab, "a", folder, credential);
    b = new AgentHost(lab, "b", folder, credential);
    serve(b, "backend", 8080);
    serve(a, "database", 5432);
  }

  @AfterEach
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  private void serve(AgentHost host, String role, int port) {
    var pages = folder.resolve("pages").toString();
    host.unit(
        role,
        "/usr/bin/python3",
        "-m",
        "http.server",
        "--bind",
        "::",
        "--directory",
        pages,
        String.valueOf(port));
    AgentHost.await("the port of the " + role, () -> host.ports().contains((long) port));
  }

  @Test
  void connectionsFollowThePoliciesOfThePlatformAndOutliveIt() throws Exception {
    nothingTalks();
    twoPoliciesOpenTwoPaths();
    thePlatformKnowsHostsAndUnits();
    aPolicyTakenAwayCutsTheLiveConnection();
    withoutThePlatformNothingChanges();
    anAgentThatStopsOpensNothingAndGoesOnFromItsCache();
    aChangedCacheOpensNothing();
    whenUnitsAndAgentsAreGoneNoRuleIsLeft();
  }

  private void nothingTalks() {
    for (var url : List.of(BACKEND, BACKEND6)) {
      assertThat(a.get("frontend", url)).as(url).doesNotContain(MARKER);
      assertThat(stranger(url)).as(url).doesNotContain(MARKER);
    }
    assertThat(b.get("backend", DATABASE)).doesNotContain(MARKER);
    assertThat(stranger(DATABASE)).doesNotContain(MARKER);
  }

  private void twoPoliciesOpenTwoPaths() {
    platform.allow(PROD, "front-to-back", "frontend", "backend");
    platform.allow("/acme", "back-to-data", "backend", "database");
    awaitAnswer(a, "frontend", BACKEND);
    awaitAnswer(b, "backend", DATABASE);
    awaitAnswer(a, "frontend", BACKEND6);
    assertThat(a.get("frontend", DATABASE)).doesNotContain(MARKER);
    assertThat(a.get("database", BACKEND)).doesNotContain(MARKER);
    for (var url : List.of(BACKEND, BACKEND6, DATABASE)) {
      assertThat(stranger(url)).as(url).doesNotContain(MARKER);
    }
  }

  /** Agents report when they have time. */
  private void thePlatformKnowsHostsAndUnits() {
    assertThat(number(a.status(), "epoch")).as("the epoch is kept").isPositive();
    AgentHost.await(
        "both hosts to have reported",
        () ->
            platform.list(PROD, "enforcers").stream()
                .allMatch(each ->
                    "Connected".equals(each.get("operationalStatus"))
                        && "Active".equals(each.get("enforcementStatus"))
                        && Boolean.FALSE.equals(each.get("unreachable"))));
    assertThat(platform.list(PROD, "enforcers"))
        .extracting(each -> each.get("name"))
        .containsExactlyInAnyOrder("host-a", "host-b");
    AgentHost.await(
        "the back end to be known",
        () ->
            platform.list(PROD, "processingunits").stream()
                .anyMatch(each ->
                    "backend".equals(each.get("name"))
                        && "Active".equals(each.get("enforcementStatus"))
                        && Objects.equals(each.get("enforcerId"), b.ready.get("enforcer"))));
  }

  private void aPolicyTakenAwayCutsTheLiveConnection() throws Exception {
    var client = a.unit("frontend", "nc", "10.77.0.2", "8080");
    AgentHost.await("a live connection", () -> number(b.status(), "connections") > 0);
    platform.rest("DELETE", PROD, "networkaccesspolicies/name:front-to-back", Map.of());
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).as("the connection was cut").isTrue();
    assertThat(a.get("frontend", BACKEND)).doesNotContain(MARKER);
    awaitAnswer(b, "backend", DATABASE);
    platform.allow(PROD, "front-to-back", "frontend", "backend");
    awaitAnswer(a, "frontend", BACKEND);
  }

  private void withoutThePlatformNothingChanges() throws Exception {
    platform.stop();
    AgentHost.await("the platform to be missed", () -> !isConnected(a) && !isConnected(b));
    awaitAnswer(a, "frontend", BACKEND);
    assertThat(a.get("frontend", DATABASE)).doesNotContain(MARKER);
    assertThat(stranger(BACKEND)).doesNotContain(MARKER);
  }

  private void anAgentThatStopsOpensNothingAndGoesOnFromItsCache() throws Exception {
    b.stop();
    assertThat(stranger(BACKEND)).doesNotContain(MARKER);
    assertThat(a.get("frontend", BACKEND)).doesNotContain(MARKER);
    b.startAgain();
    assertThat(b.ready).containsEntry("policies", "cache");
    awaitAnswer(a, "frontend", BACKEND);
  }

  private void aChangedCacheOpensNothing() throws Exception {
    b.stop();
    flip(b.state().resolve("policies.sealed"));
    b.startAgain();
    assertThat(b.ready).containsEntry("policies", "none");
    assertThat(b.said()).contains("policies.sealed are not used", "changed");
    assertThat(a.get("frontend", BACKEND)).doesNotContain(MARKER);
    assertThat(stranger(BACKEND)).doesNotContain(MARKER);
  }

  /** One of them ends before the agent has ever looked at it. */
  private void whenUnitsAndAgentsAreGoneNoRuleIsLeft() throws Exception {
    for (var host : Map.of("a", a, "b", b).entrySet()) {
      var brief = host.getValue().unit("brief", "true");
      assertThat(brief.waitFor(60, TimeUnit.SECONDS)).isTrue();
      host.getValue().endUnits();
      host.getValue().stop();
      assertThat(lab.rules(host.getKey())).isEmpty();
    }
  }

  private static void awaitAnswer(AgentHost host, String role, String url) {
    AgentHost.await(role + " to " + url, () -> host.get(role, url).equals(MARKER));
  }

  private String stranger(String url) {
    var curl = Shell.on(lab.host("s"), 0, "curl", "-s", "-g", "-m", "5", url);
    return Shell.run(curl).words();
  }

  private static boolean isConnected(AgentHost host) {
    return host.status().get("platform") instanceof Map<?, ?> platform
        && Boolean.TRUE.equals(platform.get("connected"));
  }

  private static long number(Map<String, Object> tree, String name) {
    return tree.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static void flip(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
