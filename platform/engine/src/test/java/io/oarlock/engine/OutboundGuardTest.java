package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboundGuardTest {
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private int count;

  /** New for each test, with its parent. */
  private String above = "";

  private String acme = "";

  @BeforeAll
  void start(@TempDir Path directory) {
    platform = new TestPlatform(directory);
    admin = platform.admin();
  }

  @BeforeEach
  void makeNamespaces() {
    above = "/n" + ++count;
    acme = above + "/acme";
    admin.create("namespace", "/", Map.of("name", above.substring(1)));
    admin.create("namespace", above, Map.of("name", "acme"));
  }

  @AfterAll
  void stop() {
    platform.close();
  }

  /** Sees what is stored now. */
  private OutboundGuard guard() {
    return platform.guard(OutboundGuardTest::resolve);
  }

  /** Names of this test; none is asked of a name server. */
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    return switch (host) {
      case "good.example.com" -> addresses("93.184.216.34");
      case "rebinding.example.com" -> addresses("93.184.216.34", "127.0.0.1");
      case "127.0.0.1.nip.io", "localhost", "inside.example.com" -> addresses("127.0.0.1");
      case "metadata.example.com" -> addresses("169.254.169.254");
      default -> throw new UnknownHostException(host);
    };
  }

  private static InetAddress[] addresses(String... texts) {
    return List.of(texts).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/, loopback",
    "http://127.1.2.3:8443/, loopback",
    "http://localhost/, loopback",
    "http://LOCALHOST/, loopback",
    "http://127.0.0.1.nip.io/, loopback",
    "http://[::1]/, loopback",
    "http://[0:0:0:0:0:0:0:1]/, loopback",
    "http://[::ffff:127.0.0.1]/, loopback",
    "http://[::ffff:7f00:1]/, loopback",
    "http://[2002:7f00:1::]/, loopback",
    "http://[64:ff9b::7f00:1]/, loopback",
    "http://[64:ff9b::127.0.0.1]/, loopback",
    "http://[2606:4700::5efe:127.0.0.1]/, loopback",
    "http://[2606:4700::200:5efe:a00:1]/, private",
    "http://0.0.0.0/, unspecified",
    "http://0.1.2.3/, unspecified",
    "http://[::]/, unspecified",
    "http://169.254.169.254/latest/meta-data, metadata",
    "http://[::ffff:169.254.169.254]/, metadata",
    "http://[2002:a9fe:a9fe::1]/, metadata",
    "http://[fd00:ec2::254]/, metadata",
    "http://metadata.example.com/, metadata",
    "http://100.100.100.200/, metadata",
    "http://169.254.1.1/, link-local",
    "http://[fe80::1]/, link-local",
    "http://10.0.0.1/, private",
    "http://172.16.0.1/, private",
    "http://172.31.255.255/, private",
    "http://192.168.1.1/, private",
    "http://[fc00::1]/, private",
    "http://[fd12:3456::1]/, private",
    "http://[fec0::1]/, private",
    "http://100.64.0.1/, carrier-grade-nat",
    "http://224.0.0.1/, multicast",
    "http://[ff02::1]/, multicast",
    "http://255.255.255.255/, reserved",
    "http://[::7f00:1]/, embedded-address",
    "http://[2001:0:7f00:1::]/, embedded-address",
    "http://rebinding.example.com/, loopback",
    "http://2130706433/, number-spelling",
    "http://0x7f000001/, number-spelling",
    "http://0x7f.1/, number-spelling",
    "http://0177.0.0.1/, number-spelling",
    "http://127.1/, number-spelling",
    "http://127.0.0.01/, number-spelling",
    "http://127.0.0.0x1/, number-spelling",
    "http://127.0.0.256/, number-spelling",
    "http://localhost./, trailing-dot",
    "http://127.0.0.1./, trailing-dot",
    "http://good.example.com@127.0.0.1/, userinfo",
    "http://user:secret@good.example.com/, userinfo",
    "http://127.0.0.1%2f@good.example.com/, userinfo",
    "http://127%2e0%2e0%2e1/, spelling",
    "http://127。0。0。1/, spelling",
    "http://①②⑦.0.0.1/, spelling",
    "http://[fe80::1%25eth0]/, spelling",
    "http://[::1/, spelling",
    "http:///path, spelling",
    "http://good..example.com/, spelling",
    "http://good.example.com:0/, spelling",
    "http://good.example.com:99999/, spelling",
    "http://good.example.com\\@127.0.0.1/, spelling",
    "file:///etc/passwd, scheme",
    "gopher://127.0.0.1:6379/_x, scheme",
    "ftp://good.example.com/, scheme",
    "jar:http://good.example.com!/x, scheme",
    "//good.example.com/, scheme",
    "good.example.com, scheme",
  })
  void whatLeadsBackInsideIsRefusedByRule(String url, String rule) {
    assertThatThrownBy(() -> guard().check(NamespacePath.of(acme), url))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("egress-denied"))
        .hasMessageContaining("(rule " + rule + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://good.example.com/a?b=c",
        "http://GOOD.example.com:8080",
        "https://93.184.216.34/",
        "https://[2606:4700:4700::1111]/",
      })
  void thePublicInternetIsReached(String url) {
    assertThat(guard().check(NamespacePath.of(acme), url).address().isLoopbackAddress()).isFalse();
  }

  @Test
  void aPolicyLiftsNetworksAndNames() {
    admin.create(
        "egresspolicy",
        acme,
        Map.of("name", "inside", "allow", List.of("10.1.0.0/16", "*.example.com")));

    assertThat(guard().check(NamespacePath.of(acme), "http://10.1.2.3/").port()).isEqualTo(80);
    assertThat(guard().check(NamespacePath.of(acme), "https://inside.example.com/").address())
        .isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    assertDenied(NamespacePath.of(acme), "http://10.2.0.1/");
    assertDenied(NamespacePath.of(acme), "http://127.0.0.1/");
    assertDenied(NamespacePath.ROOT, "http://10.1.2.3/");
  }

  @Test
  void aNameNeverLiftsTheMetadataAddress() {
    admin.create("egresspolicy", acme, Map.of("name", "inside", "allow", List.of("*.example.com")));

    assertDenied(NamespacePath.of(acme), "http://metadata.example.com/");
  }

  @Test
  void onlyWhatIsPropagatedReachesBelow() {
    admin.create("namespace", acme, Map.of("name", "prod"));
    var prod = NamespacePath.of(acme + "/prod");
    var made = policy(acme, admin, "127.0.0.0/8");
    assertDenied(prod, "http://127.0.0.1/");

    admin.plain(
        Operation.PATCH,
        "egresspolicy",
        acme,
        Trees.required(made, "id"),
        Map.of("propagate", true));

    assertThat(guard().check(prod, "http://127.0.0.1/").host()).isEqualTo("127.0.0.1");
  }

  @Test
  void aTenantLiftsNoMoreThanIsHandedDown() {
    var tenant = tenant();
    assertThatThrownBy(() -> policy(acme, tenant, "127.0.0.0/8"))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("lifts-too-much"));

    var handedDown = Map.of("name", "above", "allow", List.of("10.0.0.0/8"), "propagate", true);
    admin.create("egresspolicy", above, handedDown);

    policy(acme, tenant, "10.1.0.0/16");
    assertThatThrownBy(() -> policy(acme, tenant, "0.0.0.0/0"))
        .hasMessageContaining("0.0.0.0/0 is beyond");
  }

  @Test
  void aTenantMayNarrowWhatTheRootMade() {
    var made = policy(acme, admin, "127.0.0.0/8", "10.0.0.0/8");
    var id = Trees.required(made, "id");
    var tenant = tenant();

    patch(tenant, id, Map.of("allow", List.of("10.0.0.0/8")));

    assertThatThrownBy(() -> patch(tenant, id, Map.of("propagate", true)))
        .hasMessageContaining("beyond");
    assertThatThrownBy(() -> patch(tenant, id, Map.of("allow", List.of("127.0.0.0/8"))))
        .hasMessageContaining("beyond");
  }

  private void patch(TestPlatform.Caller caller, String id, Map<String, Object> change) {
    caller.plain(Operation.PATCH, "egresspolicy", acme, id, change);
  }

  private void assertDenied(NamespacePath at, String url) {
    assertThatThrownBy(() -> guard().check(at, url)).hasMessageContaining("The outbound guard");
  }

  private static Map<String, Object> policy(
      String namespace, TestPlatform.Caller caller, String... allow) {
    return caller.create(
        "egresspolicy", namespace, Map.of("name", "local", "allow", List.of(allow)));
  }

  /** Administrator of the lower namespace alone. */
  private TestPlatform.Caller tenant() {
    var ada = "ada" + count;
    admin.create("account", "/", Map.of("name", ada, "password", "horse correct battery"));
    admin.create(
        "apiauthorizationpolicy",
        acme,
        Map.of(
            "name",
            "ada",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=" + ada)),
            "authorizedIdentities",
            List.of("@role=namespace.administrator")));
    return platform.as(platform.token(ada, "horse correct battery", Map.of()));
  }
}
