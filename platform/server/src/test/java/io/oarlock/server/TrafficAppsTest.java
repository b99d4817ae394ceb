package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.mail.kit.MailServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apps of the catalogue that tell of rejected connections. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrafficAppsTest {
  private static final String STRANGER = "203.0.113.7";

  @TempDir Path home;
  private final Program platform;
  private Market market;
  private ReportingHost host;

  TrafficAppsTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
    market.reachLoopback();
    host = ReportingHost.enrol(market);
  }

  private List<? extends Map<?, ?>> alarms() throws Exception {
    return market.admin.get(market.namespace, "alarms").expect(200).list().stream()
        .map(each -> (Map<?, ?>) each)
        .toList();
  }

  @Test
  void aRejectedConnectionIsAnAlarmWhichTheChatHearsOfOnce() throws Exception {
    try (var chat = new Elsewhere("")) {
      market.secret("chat-token", "sesame");
      market.install("connection-alarm", "post=true", "url=" + chat.url(), "token=chat-token");

      host.tell("Accept", STRANGER, 1);
      host.tell("Reject", STRANGER, 1);
      assertThat(chat.next())
          .startsWith("Bearer sesame ")
          .contains(
              STRANGER + " was refused at database-1 of " + market.namespace + ", tcp port 5432");
      host.tell("Reject", STRANGER, 2);
      Program.until(() -> Objects.equals(alarms().getFirst().get("count"), 2L));
      host.tell("Reject", "203.0.113.8", 1);

      assertThat(chat.next()).contains("203.0.113.8 was refused");
      assertThat(alarms()).hasSize(2);
      market.run("app", "uninstall", "connection-alarm").ok();
    }
  }

  @Test
  void aMailTellsOfManyRejectedConnectionsAndNotOfFew() throws Exception {
    MailServer.require();
    try (var mail = MailServer.start(home.resolve("mails"))) {
      market.install(
          "rejected-traffic-mailer",
          "most=3",
          "to:=[\"ops@example.com\"]",
          "from=oarlock@example.com",
          "server=127.0.0.1",
          "port=" + mail.port(),
          "security=None");
      host.tell("Reject", STRANGER, 3);
      assertThat(market.ran("rejected-traffic-mailer"))
          .isEqualTo(Map.of("rejected", 3L, "told", false));

      host.tell("Reject", STRANGER, 2);
      market.ran("rejected-traffic-mailer");

      Program.until(() -> mail.text().contains(STRANGER + " at database-1: 5"));
      assertThat(mail.text())
          .contains("Subject: Oarlock: rejected traffic in " + market.namespace)
          .contains("More than 3 connections were rejected within 10 minutes.");
      market.run("app", "uninstall", "rejected-traffic-mailer").ok();
    }
  }

  private void unit(String localId, String... tags) throws Exception {
    var body =
        Map.<String, Object>of(
            "name",
            localId,
            "type",
            "LinuxService",
            "clientLocalId",
            localId,
            "associatedTags",
            List.of(tags));
    market.admin.create(market.namespace, "processingunits", body);
  }

  private void refused(String from, String to, String... policy) throws Exception {
    var flow = new HashMap<String, Object>();
    flow.put("action", "Reject");
    flow.put("sourceType", "ProcessingUnit");
    flow.put("sourceId", from);
    flow.put("destinationId", to);
    for (var id : policy) {
      flow.put("policyId", id);
    }
    host.tell(flow);
  }

  private List<? extends Map<?, ?>> suggestions() throws Exception {
    return market.admin.get(market.namespace, "networkaccesspolicies").expect(200).list().stream()
        .map(each -> (Map<?, ?>) each)
        .toList();
  }

  /** Runs that the app was set off to, to their good end. */
  private void ran(int runs) throws Exception {
    Program.until(() -> {
      var path = "runs?q=status%20%3D%3D%20Succeeded";
      return market.admin.get(market.namespace, path).expect(200).list().size() == runs;
    });
  }

  @Test
  void whatNoPolicySpeaksOfIsSuggestedOnceAndChangesNothing() throws Exception {
    unit("web-1", "app=web", "note=blue");
    unit("web-2", "app=web", "note=green");
    unit("database-1", "app=db");
    unit("batch-1");
    market.install("discovery");

    refused("web-1", "database-1");
    ran(1);
    assertThat(suggestions())
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.map(Object.class, Object.class))
        .containsEntry("name", "discovery: app=web to app=db on tcp/5432")
        .containsEntry("subject", List.of(List.of("$type=processingunit", "app=web")))
        .containsEntry("object", List.of(List.of("$type=processingunit", "app=db")))
        .containsEntry("ports", List.of("tcp/5432"))
        .containsEntry("disabled", true);
    refused("web-2", "database-1");
    refused("web-1", "database-1", "6741f3a2c0de4b0f8a1d2e3f");
    host.tell("Reject", STRANGER, 1);
    ran(4);
    assertThat(suggestions()).hasSize(1);
    refused("batch-1", "database-1");
    ran(5);
    assertThat(suggestions())
        .extracting(each -> String.valueOf(each.get("name")))
        .contains("discovery: $name=batch-1 to app=db on tcp/5432");
    market.run("app", "uninstall", "discovery").ok();
  }
}
