package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.mail.kit.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody tries to connect and is refused: a real agent tells a real platform, automations react,
 * and a real mail server gets a mail when it goes on.
 */
class RejectedFlowsTest {
  private static final String PROD = "/acme/prod";
  private static final String BACKEND = "http://10.77.0.2:8080/";
  private static final String STRANGER = "10.77.0.3";
  private static final int MAIL_PORT = 2525;

  /** The connections of one rejection after the other that are too many. */
  private static final int MOST = 3;

  @TempDir private Path folder;
  private Lab lab;
  private Platform platform;
  private AgentHost a;
  private AgentHost b;

  @BeforeEach
  void build() throws Exception {
    ThreeTiersTest.requireRoot();
    MailServer.require();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab = new Lab();
    platform = new Platform(lab, folder.resolve("home"));
    platform.namespace("/", "acme");
    platform.namespace("/acme", "prod");
    var credential = folder.resolve("credential.json");
    platform.must("enforcer", "register", "-n", PROD, "--out", credential.toString());
    a = new AgentHost(lab, "a", folder, credential);
    b = new AgentHost(lab, "b", folder, credential);
    var pages = Files.createDirectory(folder.resolve("pages")).toString();
    b.unit("backend", "/usr/bin/python3", "-m", "http.server", "--bind", "::", "-d", pages, "8080");
    AgentHost.await("the port of the backend", () -> b.ports().contains(8080L));
  }

  @AfterEach
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aRejectedConnectionIsAnAlarmAndOneThatGoesOnAMail() {
    anAlarmForEachRejectedFlow();
    aMailForWhatGoesOn();

    stranger();

    alarm("flow:rejected", text -> text.contains(STRANGER) && text.contains("backend-"));
    theReportSaysWhoAndWhyAndCanBeAskedFor();
    assertThat(mails()).isEmpty();
    for (var tries = 0; tries < MOST; tries++) {
      stranger();
    }
    alarm("flow:rejected:often", text -> text.contains("rejected connections"));
    AgentHost.await("a mail", () -> mails().contains("rejected connections"));
    bothEndsOfAConnectionBetweenUnitsAreTold();
  }

  /** Interaction 2: somebody tries to connect, and an alarm is raised. */
  private void anAlarmForEachRejectedFlow() {
    platform.rest(
        "POST",
        PROD,
        "automations",
        Map.of(
            "name",
            "alarm-on-rejected-flows",
            "trigger",
            Map.of(
                "kind",
                "OnEvent",
                "types",
                List.of("flowreport"),
                "operations",
                List.of("Create"),
                "filter",
                "action == Reject"),
            "entitlements",
            Map.of("alarm", List.of("create")),
            "source",
            """
            export default async function (ctx) {
              const flow = ctx.event.object;
              const from = flow.sourceId ?? flow.sourceIp;
              const to = flow.destinationId ?? flow.destinationIp;
              await ctx.api.alarms.create({
                name: 'rejected-flow',
                kind: 'flow:rejected',
                content: `${from} was refused at ${to}, port ${flow.destinationPort}: ${flow.reason}`,
              });
            }
            """));
  }

  /** Interaction 3: traffic is rejected for a period of time, and a mail is sent. */
  private void aMailForWhatGoesOn() {
    mailServer();
    platform.rest(
        "POST",
        PROD,
        "egresspolicies",
        Map.of("name", "mail", "allow", List.of(Platform.ADDRESS + "/32")));
    platform.rest(
        "POST",
        PROD,
        "automations",
        Map.of(
            "name",
            "mail-when-it-goes-on",
            "trigger",
            Map.of("kind", "OnSchedule", "cron", "0/2 * * * * ?"),
            "entitlements",
            Map.of("flowreport", List.of("list"), "alarm", List.of("create")),
            "parameters",
            Map.of("most", MOST),
            "source",
            """
            export async function when(ctx) {
              const flows = await ctx.api.flowreports.list({
                filter: 'action == Reject and side == Receiver and startTime > now("-10m")',
                limit: 500,
              });
              const tries = flows.reduce((sum, flow) => sum + flow.connections, 0);
              return tries > ctx.params.most;
            }

            export default async function (ctx) {
              await ctx.api.alarms.create({
                name: 'rejected-for-long',
                kind: 'flow:rejected:often',
                content: `There were more than ${ctx.params.most} rejected connections in ten minutes`,
                emails: ['duty@example.com'],
              });
            }
            """));
    platform.rest(
        "POST",
        PROD,
        "eventforwarders",
        Map.of(
            "name",
            "alarms-by-mail",
            "types",
            List.of("alarm"),
            "filter",
            "kind == flow:rejected:often",
            "batch",
            Map.of("maxEvents", 1, "maxWait", "PT0S"),
            "sink",
            Map.of(
                "kind",
                "Smtp",
                "host",
                Platform.ADDRESS,
                "port",
                MAIL_PORT,
                "security",
                "None",
                "from",
                "oarlock@example.com",
                "to",
                List.of("ops@example.com"))));
  }

  private void mailServer() {
    lab.start(
        List.of(
            "nsenter",
            "--net=/run/netns/" + lab.host("net"),
            "/usr/bin/python3",
            "-m",
            "aiosmtpd",
            "-n",
            "-l",
            Platform.ADDRESS + ":" + MAIL_PORT,
            "-c",
            "aiosmtpd.handlers.Mailbox",
            folder.resolve("mails").toString()));
    AgentHost.await(
        "the mail server",
        () ->
            Shell.run(Shell.on(lab.host("net"), 0, "nc", "-z", Platform.ADDRESS, "" + MAIL_PORT))
                    .status()
                == 0);
  }

  private void theReportSaysWhoAndWhyAndCanBeAskedFor() {
    var listed =
        platform.must(
            "api",
            "list",
            "flowreports",
            "-n",
            PROD,
            "--filter",
            "action == Reject and startTime > now(\"-10m\")",
            "-c",
            "sourceIp,destinationPort,connections,reason");
    assertThat(listed).contains(STRANGER, "8080");
    assertThat(platform.must("map", "-n", PROD)).contains("REJECTED", STRANGER, "tcp/8080");
    assertThat(platform.list(PROD, "flowreports"))
        .anySatisfy(report ->
            assertThat(report)
                .containsEntry("action", "Reject")
                .containsEntry("side", "Receiver")
                .containsEntry("sourceType", "ExternalNetwork")
                .containsEntry("sourceIp", STRANGER)
                .containsEntry("enforcerId", b.ready.get("enforcer")));
  }

  /** From the one end by its agent, from the other by the other. */
  private void bothEndsOfAConnectionBetweenUnitsAreTold() {
    assertThat(platform.must("why", "role=frontend,app=myapp", "backend", "-n", PROD))
        .contains("rejected", "allow it with a new policy");
    platform.allow(PROD, "front-to-back", "frontend", "backend");
    assertThat(platform.must("why", "role=frontend,app=myapp", "backend", "-n", PROD))
        .contains("allowed by the policy front-to-back");
    AgentHost.await(
        "the frontend to be answered", () -> a.get("frontend", BACKEND).contains("<html"));
    for (var side : List.of("Initiator", "Receiver")) {
      AgentHost.await(
          "the report of the " + side, () -> reported(report -> isAnswered(report, side)));
    }
  }

  private static boolean isAnswered(Map<String, Object> report, String side) {
    return side.equals(report.get("side"))
        && "Accept".equals(report.get("action"))
        && text(report, "sourceId").startsWith("frontend-")
        && text(report, "destinationId").startsWith("backend-")
        && report.get("bytesReceived") instanceof Number bytes
        && bytes.longValue() > 0
        && !text(report, "policyId").isEmpty();
  }

  private boolean reported(Predicate<Map<String, Object>> is) {
    return platform.list(PROD, "flowreports").stream().anyMatch(is);
  }

  /** It may be stopped by a reset at any moment. */
  private void stranger() {
    var said = Shell.run(Shell.on(lab.host("s"), 0, "curl", "-s", "-m", "5", BACKEND));
    assertThat(said.status()).as(said.words()).isNotZero();
  }

  private void alarm(String kind, Predicate<String> content) {
    AgentHost.await(
        "the alarm " + kind,
        () ->
            platform.list(PROD, "alarms").stream()
                .anyMatch(alarm ->
                    kind.equals(alarm.get("kind")) && content.test(text(alarm, "content"))));
  }

  private static String text(Map<String, Object> tree, String name) {
    return Objects.requireNonNullElse(tree.get(name), "").toString();
  }

  /** Everything the mail server has got. */
  private String mails() {
    var fresh = folder.resolve("mails").resolve("new");
    if (!Files.isDirectory(fresh)) {
      return "";
    }
    try (var files = Files.list(fresh)) {
      return files.map(RejectedFlowsTest::read).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
