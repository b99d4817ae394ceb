package io.oarlock.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oarlock.spi.Outgoing;
import io.oarlock.spi.Sink;
import io.oarlock.spi.SinkContext;
import io.oarlock.spi.SinkException;
import io.oarlock.spi.SinkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against rsyslog, which parses what it gets and writes down the parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyslogTest {
  private static final Path DAEMON = Path.of("/usr/sbin/rsyslogd");
  private static final long WAIT_SECONDS = 30;

  @TempDir private static Path folder;
  private Process daemon;
  private int port;
  private int tlsPort;

  @BeforeAll
  void start() throws Exception {
    var isThere = Files.isExecutable(DAEMON);
    if (!isThere && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("rsyslog is not installed, and this is continuous integration");
    }
    assumeTrue(isThere, "rsyslog is not installed: apt install rsyslog rsyslog-gnutls");
    certificate();
    port = freePort();
    tlsPort = freePort();
    var template =
        "%pri% %timestamp:::date-rfc3339% %hostname% %app-name% %msgid% %structured-data% %msg%\\n";
    var configuration =
        """
        global(workDirectory="%1$s" defaultNetstreamDriverCAFile="%1$s/cert.pem"
          defaultNetstreamDriverCertFile="%1$s/cert.pem" defaultNetstreamDriverKeyFile="%1$s/key.pem")
        module(load="imtcp")
        template(name="parts" type="string" string="%2$s")
        ruleset(name="kept") { action(type="omfile" file="%1$s/out" template="parts" asyncWriting="off" flushOnTXEnd="on") }
        input(type="imtcp" address="127.0.0.1" port="%3$d" ruleset="kept")
        input(type="imtcp" address="127.0.0.1" port="%4$d" ruleset="kept"
          streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
        """
            .formatted(folder, template, port, tlsPort);
    Files.writeString(folder.resolve("conf"), configuration);
    daemon =
        new ProcessBuilder(
                DAEMON.toString(),
                "-n",
                "-f",
                folder.resolve("conf").toString(),
                "-i",
                folder.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await(() -> answers(port) && answers(tlsPort), "rsyslogd to listen");
  }

  private static void certificate() throws Exception {
    var made =
        new ProcessBuilder(
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
                "cert.pem")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl").toFile())
            .start();
    assertThat(made.waitFor()).isZero();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (daemon != null) {
      daemon.destroy();
      assertThat(daemon.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition, String what) throws IOException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static Sink sink(int port, boolean tls) {
    var tree =
        Map.<String, Object>of(
            "host", "127.0.0.1", "port", (long) port, "tls", tls, "facility", 4L);
    return new SyslogSinks().open(new SinkSettings("Syslog", tree), new Direct());
  }

  private static Outgoing outgoing(String name, int number) {
    var object = Map.<String, Object>of("name", name + number);
    return new Outgoing(
        name + "-" + number,
        number,
        Instant.parse("2026-11-21T23:50:00.123Z"),
        "externalnetwork",
        "Create",
        "/acme",
        "a]\"\\b",
        object,
        object);
  }

  private static List<String> written(String name) throws IOException {
    var out = folder.resolve("out");
    return Files.exists(out)
        ? Files.readAllLines(out).stream().filter(line -> line.contains(name)).toList()
        : List.of();
  }

  @Test
  void rsyslogReadsEveryPartOfAMessage() throws Exception {
    sink(port, false).send(List.of(outgoing("größe", 1)));

    await(() -> !written("größe").isEmpty(), "the message");
    assertThat(written("größe").getFirst())
        .isEqualTo(
            "37 2026-11-21T23:50:00.123Z oarlock.test oarlock externalnetwork"
                + " [oarlock@32473 id=\"größe-1\" sequence=\"1\" operation=\"Create\""
                + " namespace=\"/acme\" resource=\"a\\]\\\"\\\\b\"] {\"name\":\"größe1\"}");
  }

  @Test
  void aBatchArrivesWholeOverTls() throws Exception {
    sink(tlsPort, true).send(IntStream.range(0, 500).mapToObj(i -> outgoing("many", i)).toList());

    await(() -> written("many").size() == 500, "500 messages");
    assertThat(written("many")).last().asString().endsWith("{\"name\":\"many499\"}");
  }

  @Test
  void aServerThatIsNotThereIsAFailure() throws IOException {
    var nobody = freePort();

    assertThatThrownBy(() -> sink(nobody, false).send(List.of(outgoing("lost", 1))))
        .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isRefused()).isFalse());
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
      throw new UnsupportedOperationException("syslog is no HTTP");
    }

    @Override
    public Socket connect(String host, int port, boolean tls) throws SinkException {
      try {
        return tls ? tls().createSocket(loopback(), port) : new Socket(loopback(), port);
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
            "rsyslog", CertificateFactory.getInstance("X.509").generateCertificate(in));
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
      throw new UnsupportedOperationException("syslog has no secrets");
    }
  }
}
