package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.oarlock.enforcer.lab.Lab.LabUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A front end and a database on host a, a back end on host b, and a stranger: curl and nc, which
 * know nothing of any enforcer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeTiersTest {
  private static final int FRONTEND = 20_001;
  private static final int BACKEND = 20_002;
  private static final int DATABASE = 20_003;
  private static final String MARKER = "the ships sail at dawn";
  private static final List<String> V4 =
      List.of("http://10.77.0.2:8080/", "http://10.77.0.1:5432/");
  private static final List<String> V6 =
      List.of("http://[fd77::2]:8080/", "http://[fd77::1]:5432/");

  @TempDir private static Path files = Path.of("");
  private Lab lab;
  private Lab.Host a;
  private Lab.Host b;

  @BeforeAll
  void build() throws IOException {
    requireRoot();
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(files.resolve("index.html"), MARKER);
    lab = new Lab();
    a =
        lab.enforcer(
            "a",
            new LabUnit("frontend-1", FRONTEND, 8000, List.of("app=myapp", "role=frontend")),
            new LabUnit("database-1", DATABASE, 5432, List.of("app=myapp", "role=database")));
    b =
        lab.enforcer(
            "b", new LabUnit("backend-1", BACKEND, 8080, List.of("app=myapp", "role=backend")));
    a.await("READY");
    b.await("READY");
    serve("b", BACKEND, 8080);
    serve("a", DATABASE, 5432);
  }

  @AfterAll
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void atFirstNobodyTalksToAnybody() {
    lab.apply(List.of());
    for (var url : List.of(V4.get(0), V4.get(1), V6.get(0), V6.get(1))) {
      assertThat(get("a", FRONTEND, url)).as(url).doesNotContain(MARKER);
      assertThat(get("s", 0, url)).as("stranger to %s", url).doesNotContain(MARKER);
    }
  }

  @Test
  void exactlyTheTwoAllowedPathsWork() {
    lab.apply(twoPolicies(false));
    for (var urls : List.of(V4, V6)) {
      assertThat(get("a", FRONTEND, urls.get(0))).isEqualTo(MARKER);
      assertThat(get("b", BACKEND, urls.get(1))).isEqualTo(MARKER);
      assertThat(get("a", FRONTEND, urls.get(1))).doesNotContain(MARKER);
      assertThat(get("a", DATABASE, urls.get(0))).doesNotContain(MARKER);
      for (var url : urls) {
        assertThat(get("s", 0, url)).as("stranger to %s", url).doesNotContain(MARKER);
        assertThat(get("b", 0, url)).as("another user to %s", url).doesNotContain(MARKER);
        assertThat(get("a", 0, url)).as("another user to %s", url).doesNotContain(MARKER);
      }
    }
    a.await("kind=REFUSED, side=INITIATOR, unit=frontend-1");
  }

  @Test
  void theEnforcersOwnPortsLeadNowhere() {
    lab.apply(twoPolicies(false));
    for (var port : List.of("15001", "15006")) {
      var url = "http://10.77.0.2:" + port + "/";
      assertThat(get("a", FRONTEND, url)).doesNotContain(MARKER);
      assertThat(get("s", 0, url)).doesNotContain(MARKER);
    }
  }

  @Test
  void halfACloseIsPassedOn() {
    lab.apply(twoPolicies(true));
    var request = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -N -w 10 10.77.0.2 8080";
    var result = Shell.run(Shell.on(lab.host("a"), FRONTEND, "sh", "-c", request));
    assertThat(result.words()).contains(MARKER);
  }

  @Test
  void encryptionHidesTheBytesFromACapture() throws Exception {
    assertThat(captured(false)).contains(MARKER);
    assertThat(captured(true)).doesNotContain(MARKER).contains("OARL");
  }

  /** Each end alone hears of it: had both, the later one might find the connection closed. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  void aPolicyTakenAwayAtEitherEndCutsTheLiveConnection(String end) throws Exception {
    lab.apply(twoPolicies(true));
    var ends = List.of(a, b);
    ends.forEach(each -> each.lines.clear());
    var client = lab.start(Shell.on(lab.host("a"), FRONTEND, "nc", "10.77.0.2", "8080"));
    ends.forEach(each -> each.await("kind=ALLOWED"));
    lab.apply(List.of(), end);
    assertThat((end.equals("a") ? a : b).await("kind=CUT")).contains("policies changed");
    (end.equals("a") ? b : a).await("kind=ENDED");
    assertThat(client.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void otherProtocolsOfAUnitStayOnTheHost() throws Exception {
    lab.apply(twoPolicies(false));
    var listener = lab.start(Shell.on(lab.host("s"), 0, "nc", "-u", "-l", "-W", "1", "9999"));
    for (var sender : List.of(FRONTEND, 0)) {
      var words = sender == 0 ? "free" : "caged";
      for (var i = 0; i < 3; i++) {
        var send = "echo " + words + " | nc -u -w 1 10.77.0.3 9999";
        Shell.run(Shell.on(lab.host("a"), sender, "sh", "-c", send));
      }
    }
    assertThat(listener.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var heard = new String(listener.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(heard).contains("free").doesNotContain("caged");
  }

  @Test
  void whenAnEnforcerDiesNothingOpensAndWhenItStopsNothingIsLeft() throws Exception {
    try (var other = new Lab()) {
      var unit = new LabUnit("backend-2", BACKEND, 8080, List.of("role=backend"));
      var dying = other.enforcer("b", unit);
      dying.await("READY");
      other.start(server(other, "b", BACKEND, 8080));
      dying.process.destroyForcibly().waitFor();
      assertThat(other.rules("b")).contains("redirect to");
      var result = Shell.run(Shell.on(other.host("s"), 0, curl(V4.getFirst())));
      assertThat(result.words()).doesNotContain(MARKER);
      assertThat(result.status()).isEqualTo(7);
      other.enforcer("a", unit).await("READY");
      assertThat(other.stop("a")).isEmpty();
    }
  }

  private String captured(boolean encrypt) throws Exception {
    lab.apply(twoPolicies(encrypt));
    var file = files.resolve("capture-" + encrypt);
    var capture =
        lab.start(
            List.of(
                "nsenter",
                "--net=/run/netns/" + lab.host("net"),
                "tcpdump",
                "--immediate-mode",
                "-i",
                "br0",
                "-U",
                "-Z",
                "root",
                "-w",
                file.toString()));
    awaitIn(file, "first words");
    for (var i = 0; i < 3; i++) {
      assertThat(get("a", FRONTEND, V4.getFirst())).isEqualTo(MARKER);
    }
    awaitIn(file, "last words");
    capture.destroy();
    assertThat(capture.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  /** Says something on the wire until the capture, which keeps the order, has come so far. */
  private void awaitIn(Path capture, String words) throws IOException {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    var send = "echo " + words + " | nc -u -w 1 10.77.0.1 9999";
    while (!Files.exists(capture)
        || !Files.readString(capture, StandardCharsets.ISO_8859_1).contains(words)) {
      assertThat(System.nanoTime()).isLessThan(until);
      Shell.run(Shell.on(lab.host("s"), 0, "sh", "-c", send));
    }
  }

  private void serve(String host, int uid, int port) {
    lab.start(server(lab, host, uid, port));
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    var probe = List.of("nsenter", "--net=/run/netns/" + lab.host(host), "ss", "-Hltn");
    while (!Shell.run(probe).words().contains(":" + port)) {
      assertThat(System.nanoTime()).isLessThan(until);
    }
  }

  private List<String> server(Lab of, String host, int uid, int port) {
    return Shell.on(
        of.host(host),
        uid,
        "/usr/bin/python3",
        "-m",
        "http.server",
        "--bind",
        "::",
        "--directory",
        files.toString(),
        String.valueOf(port));
  }

  private String get(String host, int uid, String url) {
    return Shell.run(Shell.on(lab.host(host), uid, curl(url))).words();
  }

  private static String[] curl(String url) {
    return new String[] {"curl", "-s", "-g", "-m", "10", url};
  }

  private static List<Map<String, Object>> twoPolicies(boolean encrypt) {
    return List.of(
        policy("front-to-back", "frontend", "backend", encrypt),
        policy("back-to-data", "backend", "database", encrypt));
  }

  private static Map<String, Object> policy(String name, String from, String to, boolean encrypt) {
    return Map.of(
        "name",
        name,
        "subject",
        List.of(List.of("app=myapp", "role=" + from)),
        "object",
        List.of(List.of("app=myapp", "role=" + to)),
        "encryptionEnabled",
        encrypt);
  }

  static void requireRoot() {
    var tools =
        "for t in ip nft nsenter setpriv ss curl nc tcpdump; do command -v $t || exit 1; done";
    var probe = Shell.run("sh", "-c", tools + "; nft list ruleset && test -x /usr/bin/python3");
    assumeTrue(
        probe.status() == 0 || System.getenv("CI") != null,
        "the lab builds hosts from network namespaces: it needs root, and of Debian's packages"
            + " iproute2, nftables, netcat-openbsd, tcpdump, curl and python3");
  }
}
