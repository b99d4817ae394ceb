package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Instants;
import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the enforcers of /acme/prod tell of connections. */
class FlowsTest {
  private static final String PROD = "/acme/prod";
  private static final String BATCH = "9f86d081884c7d659a2feaa0c55ad015";

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private TestHost host;

  @BeforeEach
  void start() throws Exception {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("namespace", "/acme", Map.of("name", "prod"));
    host = TestHost.enrol(platform, admin, PROD, "host-1");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void everyFlowIsKeptAndTheRejectedOnesAreEvents() {
    var taken = tell(host, PROD, BATCH, List.of(flow("Accept"), flow("Reject")));

    assertThat(taken).containsEntry("taken", 2L);
    assertThat(admin.list("flowreport", PROD))
        .hasSize(2)
        .allMatch(report -> host.id().equals(report.get("enforcerId")))
        .extracting(report -> report.get("action"))
        .containsExactlyInAnyOrder("Accept", "Reject");
    assertThat(told())
        .singleElement()
        .satisfies(object -> assertThat(object).containsEntry("action", "Reject"));
  }

  @Test
  void aBatchThatIsSentAgainCountsOnce() {
    var flows = List.of(flow("Reject"));
    tell(host, PROD, BATCH, flows);
    tell(host, PROD, BATCH, flows);
    assertThat(admin.list("flowreport", PROD)).hasSize(1);
    assertThat(told()).hasSize(1);

    tell(host, PROD, BATCH + "0", flows);
    assertThat(admin.list("flowreport", PROD)).hasSize(2);
  }

  @Test
  void anEnforcerTellsForItselfAndInItsOwnNamespaceAlone() throws Exception {
    admin.create("namespace", PROD, Map.of("name", "team"));
    admin.create("namespace", "/", Map.of("name", "evil"));
    var neighbour = TestHost.enrol(platform, admin, PROD, "host-2");
    var evil = TestHost.enrol(platform, admin, "/evil", "host-3");
    var flows = List.of(flow("Reject"));

    refused("not-the-enforcer", () -> tell(neighbour, host, PROD, flows));
    refused("forbidden", () -> tell(evil, host, PROD, flows));
    refused("not-the-enforcer", () -> tell(evil, host, "/evil", flows));
    refused("not-the-enforcer", () -> tell(new TestHost(admin, Map.of(), ""), host, PROD, flows));
    refused("forbidden", () -> host.caller().list("flowreport", PROD));
    tell(host, PROD + "/team", BATCH, flows);

    assertThat(admin.list("flowreport", PROD + "/team")).isEmpty();
    assertThat(admin.list("flowreport", PROD)).hasSize(1);
  }

  @Test
  void aBatchWithSomethingThatIsNoFlowIsRefusedAsAWhole() {
    var wrong = new LinkedHashMap<>(flow("Reject"));
    wrong.put("destinationPort", 65_536L);
    var early = new LinkedHashMap<>(flow("Reject"));
    early.put("endTime", Instants.text(Instant.now().plus(Duration.ofHours(1))));

    refused("validation", () -> tell(host, PROD, BATCH, List.of(flow("Accept"), wrong)));
    refused("malformed", () -> tell(host, PROD, BATCH, List.of(flow("Accept"), early)));
    refused("validation", () -> tell(host, PROD, BATCH, List.of()));

    assertThat(admin.list("flowreport", PROD)).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void whoTellsTooMuchIsToldToWait() {
    var budget = new FlowBudget(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    budget.take("host-1", FlowBudget.FLOWS_MAX);

    refused("too-many-flows", () -> budget.take("host-1", 1));
    budget.take("host-2", 1);
  }

  @Test
  void aMapAddsUpWhatBothEndsTell() throws Exception {
    tell(host, PROD, BATCH, List.of(between("Receiver", "Accept", 3), flow("Reject")));
    tell(host, PROD, BATCH + "0", List.of(between("Receiver", "Reject", 1)));
    var other = TestHost.enrol(platform, admin, PROD, "host-2");
    tell(other, PROD, BATCH, List.of(between("Initiator", "Accept", 3)));

    var map = admin.create("dependencymap", PROD, Map.of());

    assertThat(map).containsEntry("reports", 4L).containsEntry("complete", true);
    assertThat(objects(map.get("nodes")))
        .extracting(node -> node.get("id"))
        .containsExactly("203.0.113.7", "database-5b0f66c3", "frontend-1c9e02aa");
    var edges = objects(map.get("edges"));
    assertThat(edges.getFirst())
        .containsEntry("source", "frontend-1c9e02aa")
        .containsEntry("destination", "database-5b0f66c3")
        .containsEntry("port", 5432L)
        .containsEntry("accepted", 3L)
        .containsEntry("rejected", 1L)
        .containsEntry("bytesSent", 30L)
        .containsEntry("encrypted", false);
    assertThat(edges.getLast())
        .containsEntry("source", "203.0.113.7")
        .containsEntry("accepted", 0L)
        .containsEntry("rejected", 1L);
  }

  @Test
  void aMapIsOfItsWindowAndNamespaceAlone() {
    tell(host, PROD, BATCH, List.of(flow("Accept")));
    var before = Map.<String, Object>of("endTime", Instants.text(Instant.now().minusSeconds(60)));
    var nowhere =
        Map.<String, Object>of(
            "startTime", "2026-01-02T00:00:00.000Z", "endTime", "2026-01-01T00:00:00.000Z");

    assertThat(admin.create("dependencymap", PROD, before)).containsEntry("reports", 0L);
    assertThat(admin.create("dependencymap", "/acme", Map.of())).containsEntry("reports", 0L);
    refused("validation", () -> admin.create("dependencymap", PROD, nowhere));
    refused("forbidden", () -> host.caller().create("dependencymap", PROD, Map.of()));
  }

  private static List<Map<String, Object>> objects(@Nullable Object list) {
    return list instanceof List<?> all ? all.stream().map(Trees::object).toList() : List.of();
  }

  /** A unit of the namespace that connects to another one. */
  private static Map<String, Object> between(String side, String action, long connections) {
    var flow = new LinkedHashMap<>(flow(action));
    flow.put("side", side);
    flow.remove("sourceIp");
    flow.put("sourceType", "ProcessingUnit");
    flow.put("sourceId", "frontend-1c9e02aa");
    flow.put("connections", connections);
    flow.put("bytesSent", action.equals("Accept") ? 30L : 0L);
    return flow;
  }

  private List<Map<String, Object>> told() {
    return platform.events().stream()
        .filter(event -> event.type().equals("flowreport"))
        .map(event -> event.object())
        .toList();
  }

  private static Map<String, Object> tell(
      TestHost host, String namespace, String batch, List<Map<String, Object>> flows) {
    var body = Map.<String, Object>of("batch", batch, "flows", flows);
    return host.caller().act("enforcer", namespace, host.id(), "flows", body);
  }

  private static Map<String, Object> tell(
      TestHost caller, TestHost of, String namespace, List<Map<String, Object>> flows) {
    var body = Map.<String, Object>of("batch", BATCH, "flows", flows);
    return caller.caller().act("enforcer", namespace, of.id(), "flows", body);
  }

  private static Map<String, Object> flow(String action) {
    var end = Instant.now();
    var flow = new LinkedHashMap<String, Object>();
    flow.put("startTime", Instants.text(end.minusSeconds(10)));
    flow.put("endTime", Instants.text(end));
    flow.put("action", action);
    flow.put("side", "Receiver");
    flow.put("sourceType", "ExternalNetwork");
    flow.put("sourceIp", "203.0.113.7");
    flow.put("destinationType", "ProcessingUnit");
    flow.put("destinationId", "database-5b0f66c3");
    flow.put("destinationIp", "10.0.0.1");
    flow.put("destinationPort", 5432L);
    flow.put("protocol", "tcp");
    flow.put("reason", "rejected: no policy matches, the default decides");
    flow.put("connections", 1L);
    flow.put("bytesSent", 0L);
    flow.put("bytesReceived", 0L);
    return flow;
  }

  private static void refused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
