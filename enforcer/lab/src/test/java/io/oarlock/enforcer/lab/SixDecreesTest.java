package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A company decrees who may talk to MyApp and to Hadoop, by the users its programs and people act
 * for. MyApp runs on host a, Hadoop on host b, each with a second instance on the other; asit and
 * tom work on host a, sally on host b; a stranger has no agent.
 */
class SixDecreesTest {
  private static final String PROD = "/acme/prod";
  private static final String MYAPP = "http://10.77.0.1:8080/";
  private static final String LEDGER = MYAPP + "ledger";
  private static final String HADOOP = "http://10.77.0.2:9000/";
  private static final String ASIT = "http://10.77.0.1:7000/";
  private static final String HELLO = "MyApp says hello";
  private static final String SECRET = "ten thousand amphorae of oil";

  /** Two tags, both of which an end must have. */
  private static final List<String> MYAPP_OF_PROD = List.of("app=myapp", "@os:user=prod");

  private static final List<String> HADOOP_OF_PROD = List.of("app=hadoop", "@os:user=prod");

  private static final String ACCOUNTS =
      """
      prod:x:7001:7001::/srv:/usr/sbin/nologin
      asit:x:7002:7002::/home/asit:/bin/sh
      sally:x:7003:7003::/home/sally:/bin/sh
      tom:x:7004:7004::/home/tom:/bin/sh
      """;

  private static final String GROUPS =
      """
      prod:x:7001:
      asit:x:7002:
      sally:x:7003:
      tom:x:7004:
      myapp_users:x:7010:asit,sally,tom
      hadoop_admins:x:7011:sally
      """;

  /** A server that asks Hadoop on behalf of whoever asks it. */
  private static final String MYAPP_PROGRAM =
      """
      import http.server, sys, urllib.request

      class MyApp(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              words = b"%s"
              if self.path == "/ledger":
                  words = urllib.request.urlopen(sys.argv[1], timeout=20).read()
              self.send_response(200)
              self.send_header("Content-Length", str(len(words)))
              self.end_headers()
              self.wfile.write(words)

      http.server.ThreadingHTTPServer(("", 8080), MyApp).serve_forever()
      """
          .formatted(HELLO);

  @TempDir private Path folder;
  private Lab lab;
  private Platform platform;
  private AgentHost a;
  private AgentHost b;
  private UnitShell asit;
  private UnitShell tom;
  private UnitShell sally;
  private UnitShell otherMyApp;
  private UnitShell otherHadoop;

  @BeforeEach
  void build() throws Exception {
    ThreeTiersTest.requireRoot();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    lab = new Lab();
    platform = new Platform(lab, folder.resolve("home"));
    platform.namespace("/", "acme");
    platform.namespace("/acme", "prod");
    var credential = folder.resolve("credential.json");
    platform.must("enforcer", "register", "-n", PROD, "--out", credential.toString());
    a = new AgentHost(lab, "a", folder, credential, withAccounts());
    b = new AgentHost(lab, "b", folder, credential, withAccounts());
    services();
    asit = session(a, "asit");
    tom = session(a, "tom");
    sally = session(b, "sally");
    otherMyApp = shell(b, "myapp-2", "app=myapp", "prod");
    otherHadoop = shell(a, "hadoop-2", "app=hadoop", "prod");
  }

  /** Lets a program see these accounts in place of some of the machine's, and nobody else. */
  private List<String> withAccounts() throws IOException {
    var passwd = folder.resolve("passwd");
    var group = folder.resolve("group");
    Files.writeString(passwd, ACCOUNTS + Files.readString(Path.of("/etc/passwd")));
    Files.writeString(group, GROUPS + Files.readString(Path.of("/etc/group")));
    return List.of(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount --bind $1 /etc/passwd && mount --bind $2 /etc/group && shift 2 && exec \"$@\"",
        "sh",
        passwd.toString(),
        group.toString());
  }

  private void services() throws IOException {
    var program = Files.writeString(folder.resolve("myapp.py"), MYAPP_PROGRAM).toString();
    a.exec(words("myapp", "app=myapp", "prod", "/usr/bin/python3", program, HADOOP));
    var pages = Files.createDirectory(folder.resolve("pages"));
    Files.writeString(pages.resolve("index.html"), SECRET);
    b.exec(
        words(
            "hadoop",
            "app=hadoop",
            "prod",
            "/usr/bin/python3",
            "-m",
            "http.server",
            "-d",
            pages.toString(),
            "9000"));
    AgentHost.await("the port of MyApp", () -> a.ports().contains(8080L));
    AgentHost.await("the port of Hadoop", () -> b.ports().contains(9000L));
  }

  private static String[] words(String name, String tag, String user, String... program) {
    var options = List.of("--name", name, "--tag", tag, "--user", user, "--");
    var words = new ArrayList<>(options);
    words.addAll(List.of(program));
    return words.toArray(String[]::new);
  }

  private static UnitShell shell(AgentHost host, String name, String tag, String user) {
    return new UnitShell(host.exec(words(name, tag, user, "sh")));
  }

  /** The shell of somebody's account, as at a login. */
  private static UnitShell session(AgentHost host, String user) {
    return new UnitShell(host.exec("--user", user));
  }

  @AfterEach
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void whoMayTalkFollowsTheUsersProgramsAndPeopleActFor() throws Exception {
    peopleWorkInSessionsOfTheirOwn();
    nobodyTalksBeforeTheFirstDecree();
    proclaim();
    programsOfProdTalkAsDecreed();
    peopleReachWhatTheirGroupsMay();
    everythingElseIsForbidden();
    nobodyGivesThemselvesAnotherUser();
    whoLeavesAGroupHasNothingOfItInTheNextSession();
  }

  private void peopleWorkInSessionsOfTheirOwn() {
    assertThat(asit.run("echo $USER $HOME; id -G")).isEqualTo("asit /home/asit\n7002 7010");
    AgentHost.await(
        "the session of asit to be known",
        () ->
            platform.list(PROD, "processingunits").stream()
                .anyMatch(unit ->
                    "asit".equals(unit.get("name"))
                        && "UserSession".equals(unit.get("type"))
                        && Objects.requireNonNull(unit.get("normalizedTags"))
                            .toString()
                            .contains("@os:group=myapp_users")));
  }

  private void nobodyTalksBeforeTheFirstDecree() {
    for (var person : List.of(asit, tom, sally)) {
      assertThat(get(person, MYAPP) + get(person, HADOOP)).isEmpty();
    }
    assertThat(get(otherMyApp, HADOOP) + get(otherHadoop, HADOOP)).isEmpty();
  }

  /** The sixth decree needs no policy: what none allows is forbidden. */
  private void proclaim() {
    decree("hadoop-to-hadoop", HADOOP_OF_PROD, HADOOP_OF_PROD);
    decree("myapp-to-myapp", MYAPP_OF_PROD, MYAPP_OF_PROD);
    decree("myapp-to-hadoop", MYAPP_OF_PROD, HADOOP_OF_PROD);
    decree("users-to-myapp", List.of("@os:group=myapp_users"), List.of("app=myapp"));
    decree("admins-to-hadoop", List.of("@os:group=hadoop_admins"), List.of("app=hadoop"));
  }

  private void decree(String name, List<String> from, List<String> to) {
    var policy = Map.of("name", name, "subject", List.of(from), "object", List.of(to));
    platform.rest("POST", PROD, "networkaccesspolicies", policy);
  }

  private void programsOfProdTalkAsDecreed() {
    awaitAnswer("Hadoop to Hadoop", otherHadoop, HADOOP, SECRET);
    awaitAnswer("MyApp to MyApp", otherMyApp, MYAPP, HELLO);
    awaitAnswer("MyApp to Hadoop", otherMyApp, HADOOP, SECRET);
  }

  private void peopleReachWhatTheirGroupsMay() {
    for (var person : Map.of("asit", asit, "tom", tom, "sally", sally).entrySet()) {
      awaitAnswer(person.getKey() + " to MyApp", person.getValue(), MYAPP, HELLO);
    }
    awaitAnswer("sally to Hadoop", sally, HADOOP, SECRET);
    awaitAnswer("asit to Hadoop through MyApp", asit, LEDGER, SECRET);
    assertThat(platform.must("why", "asit", "myapp", "-n", PROD))
        .contains("allowed by the policy users-to-myapp");
  }

  private void everythingElseIsForbidden() {
    assertThat(get(asit, HADOOP)).isEmpty();
    assertThat(get(tom, HADOOP)).isEmpty();
    assertThat(platform.must("why", "asit", "hadoop", "-n", PROD)).contains("rejected");
    assertThat(get(otherHadoop, MYAPP)).as("Hadoop to MyApp").isEmpty();
    var batch = shell(b, "batch", "app=batch", "prod");
    assertThat(get(batch, MYAPP) + get(batch, HADOOP)).as("another program of prod").isEmpty();
    var toms = shell(a, "toms-hadoop", "app=hadoop", "tom");
    assertThat(get(toms, HADOOP)).as("Hadoop of another user than prod").isEmpty();
    for (var url : List.of(MYAPP, HADOOP)) {
      var stranger = Shell.on(lab.host("s"), 0, "curl", "-s", "-m", "5", url);
      assertThat(Shell.run(stranger).words())
          .as("a stranger to %s", url)
          .doesNotContain(HELLO, SECRET);
    }
    nobodyCallsAsitBack();
  }

  private void nobodyCallsAsitBack() {
    asit.run("/usr/bin/python3 -m http.server 7000 >/dev/null 2>&1 &");
    AgentHost.await("the port of asit", () -> a.ports().contains(7000L));
    for (var program : List.of(otherMyApp, otherHadoop, sally)) {
      assertThat(get(program, ASIT)).isEmpty();
    }
    assertThat(get(asit, MYAPP)).isEqualTo(HELLO);
  }

  private void nobodyGivesThemselvesAnotherUser() {
    assertThat(asit.run("USER=sally LOGNAME=sally curl -s -m 20 " + HADOOP)).isEmpty();
    var forged = a.tryExec("--name", "forged", "--tag", "@os:group=hadoop_admins", "--", "true");
    assertThat(forged.status()).isEqualTo(1);
    assertThat(forged.words()).contains("@os:group=hadoop_admins is not yours to give");
    var unknown = a.tryExec("--user", "nobody-of-here", "--", "true");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.words()).contains("no user nobody-of-here", "adduser");
  }

  private void whoLeavesAGroupHasNothingOfItInTheNextSession() throws IOException {
    var group = folder.resolve("group");
    Files.writeString(group, Files.readString(group).replace("asit,sally,tom", "asit,sally"));
    var next = session(a, "tom");
    assertThat(next.run("id -G")).isEqualTo("7004");
    assertThat(get(next, MYAPP)).isEmpty();
    assertThat(get(asit, MYAPP)).isEqualTo(HELLO);
  }

  private static void awaitAnswer(String what, UnitShell from, String url, String words) {
    AgentHost.await(what, () -> get(from, url).equals(words));
  }

  private static String get(UnitShell from, String url) {
    return from.run("curl -s -m 20 " + url);
  }
}
