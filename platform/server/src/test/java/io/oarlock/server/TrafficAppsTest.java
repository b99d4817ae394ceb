package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apps of the catalogue that tell of rejected connections. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrafficAppsTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
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
    requireMail();
    var mails = home.resolve("mails");
    var port = freePort();
    var server = mailServer(port, mails);
    try {
      market.install(
          "rejected-traffic-mailer",
          "most=3",
          "to:=[\"ops@example.com\"]",
          "from=oarlock@example.com",
          "server=127.0.0.1",
          "port=" + port,
          "security=None");
      host.tell("Reject", STRANGER, 3);
      assertThat(market.ran("rejected-traffic-mailer"))
          .isEqualTo(Map.of("rejected", 3L, "told", false));

      host.tell("Reject", STRANGER, 2);
      market.ran("rejected-traffic-mailer");

      Program.until(() -> text(mails).contains(STRANGER + " at database-1: 5"));
      assertThat(text(mails))
          .contains("Subject: Oarlock: rejected traffic in " + market.namespace)
          .contains("More than 3 connections were rejected within 10 minutes.");
      market.run("app", "uninstall", "rejected-traffic-mailer").ok();
    } finally {
      server.destroyForcibly();
    }
  }

  private static void requireMail() throws Exception {
    var isThere =
        Files.isExecutable(PYTHON)
            && new ProcessBuilder(PYTHON.toString(), "-c", "import aiosmtpd").start().waitFor()
                == 0;
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("aiosmtpd is not installed, and this is continuous integration");
    }
    assumeTrue(isThere, "aiosmtpd is not installed: apt install python3-aiosmtpd");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process mailServer(int port, Path mails) throws Exception {
    var process =
        new ProcessBuilder(
                PYTHON.toString(),
                "-m",
                "aiosmtpd",
                "-n",
                "-l",
                "127.0.0.1:" + port,
                "-c",
                "aiosmtpd.handlers.Mailbox",
                mails.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Program.until(() -> listens(port));
    return process;
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** All mails, without the breaks that mails put into long lines. */
  private static String text(Path mails) throws IOException {
    var folder = mails.resolve("new");
    if (!Files.isDirectory(folder)) {
      return "";
    }
    var text = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        text.append(Files.readString(file));
      }
    }
    return text.toString();
  }
}
