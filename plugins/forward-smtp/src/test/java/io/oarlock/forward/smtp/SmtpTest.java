package io.oarlock.forward.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.mail.kit.MailServer;
import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against aiosmtpd, the SMTP server of Debian's python3-aiosmtpd, which insists on TLS here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmtpTest {
  private static final long WAIT_SECONDS = 30;

  @TempDir private static Path folder;
  private MailServer server;

  @BeforeAll
  void start() throws Exception {
    MailServer.require();
    assertThat(
            run(
                List.of(
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "1",
                    "-subj",
                    "/CN=localhost",
                    "-addext",
                    "subjectAltName=IP:127.0.0.1",
                    "-keyout",
                    "key.pem",
                    "-out",
                    "cert.pem")))
        .isZero();
    server =
        MailServer.start(
            folder.resolve("mails"), folder.resolve("cert.pem"), folder.resolve("key.pem"));
  }

  private static int run(List<String> words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("told").toFile())
        .start()
        .waitFor();
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition, String what) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private Sink sink(Map<String, Object> more) {
    var tree = new HashMap<String, Object>();
    tree.put("host", "127.0.0.1");
    tree.put("port", (long) server.port());
    tree.put("from", "oarlock@example.com");
    tree.put("to", List.of("ops@example.com"));
    tree.put("security", "StartTls");
    tree.putAll(more);
    return new SmtpSinks().open(new SinkSettings("Smtp", tree), new Direct());
  }

  private static Outgoing outgoing(String type, String name, Object payload) {
    var object = Map.of("name", name, "emails", List.of("duty@example.com"));
    return new Outgoing(
        "id-" + name.charAt(0),
        7,
        Instant.parse("2026-11-21T23:50:00Z"),
        type,
        "Create",
        "/acme",
        "r",
        object,
        payload);
  }

  private List<MimeMessage> mails(String subject) throws Exception {
    var found = new ArrayList<MimeMessage>();
    for (var file : server.mails()) {
      try (var in = Files.newInputStream(file)) {
        var mail = new MimeMessage(Session.getInstance(new Properties()), in);
        if (mail.getSubject().contains(subject)) {
          found.add(mail);
        }
      }
    }
    return found;
  }

  @Test
  void anAlarmIsAMailToThoseItNames() throws Exception {
    sink(Map.of()).send(List.of(outgoing("alarm", "größer", Map.of("content", "web → db"))));

    await(() -> !mails("größer").isEmpty(), "the mail");
    var mail = mails("größer").getFirst();
    assertThat(mail.getSubject()).isEqualTo("Create alarm größer");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ops@example.com", "duty@example.com");
    assertThat(mail.getMessageID()).isEqualTo("<id-g.7@oarlock>");
    assertThat(String.valueOf(mail.getContent())).contains("web → db");
  }

  @Test
  void aTransformWordsItsOwnMailAndCannotForgeAHeader() throws Exception {
    var payload = Map.of("subject", "Rejected\r\nBcc: all@example.com", "text", "Look at it.");
    sink(Map.of()).send(List.of(outgoing("flowreport", "flow", payload)));

    await(() -> !mails("Rejected").isEmpty(), "the mail");
    var mail = mails("Rejected").getFirst();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(String.valueOf(mail.getContent())).contains("Look at it.");
  }

  @Test
  void withoutTlsNothingIsSentThatShallBeProtected() {
    assertThatThrownBy(() ->
            sink(Map.of("security", "None")).send(List.of(outgoing("alarm", "clear", Map.of()))))
        .isInstanceOf(SinkException.class);
    assertThatThrownBy(
            () -> sink(Map.of("security", "Tls")).send(List.of(outgoing("alarm", "tls", Map.of()))))
        .isInstanceOf(SinkException.class);
  }

  /** The world outside without a guard. */
  private static final class Direct implements SinkContext {
    @Override
    public String source() {
      return "https://oarlock.test/v1/eventforwarders/f";
    }

    @Override
    public String namespace() {
      return "/acme";
    }

    @Override
    public HttpReply http(HttpRequest request) {
      throw new UnsupportedOperationException("mail is no HTTP");
    }

    @Override
    public Socket connect(String host, int port, boolean tls) throws SinkException {
      try {
        var socket = new Socket(loopback(), port);
        socket.setSoTimeout(5000);
        return tls ? tls().createSocket(socket, host, port, true) : socket;
      } catch (IOException e) {
        throw SinkException.later(e.toString());
      }
    }

    private static InetAddress loopback() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public SSLSocketFactory tls() {
      try (var in = Files.newInputStream(folder.resolve("cert.pem"))) {
        var keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setCertificateEntry(
            "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String secret(String name, String host) {
      throw new UnsupportedOperationException("nobody logs in here");
    }
  }
}
