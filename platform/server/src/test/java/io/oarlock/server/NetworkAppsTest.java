package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apps of the catalogue that make networks and policies of what others publish. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkAppsTest {
  private static final String IMPORT = "kubernetes-network-policies";

  @TempDir Path home;
  private final Program platform;
  private Market market;

  NetworkAppsTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
    market.reachLoopback();
  }

  @Test
  void cloudRangesFollowThePublishedList() throws Exception {
    var list =
        """
        {"prefixes": [
          {"ipv4Prefix": "198.51.100.0/24", "service": "Google Cloud", "scope": "europe-west3"},
          {"ipv6Prefix": "2001:db8::/32", "service": "Google Cloud", "scope": "europe-west3"},
          {"ipv4Prefix": "203.0.113.0/24", "service": "Google Cloud", "scope": "us-east1"}]}
        """;
    try (var provider = new Elsewhere(list)) {
      market.install("cloud-ranges", "region=europe-west3", "url=" + provider.url());

      market.ran("cloud-ranges");

      assertThat(market.named("externalnetworks", "cloud-ranges").get("entries"))
          .isEqualTo(List.of("198.51.100.0/24", "2001:db8::/32"));
      market.run("app", "uninstall", "cloud-ranges").ok();
      market.admin.get(market.namespace, "externalnetworks/name:cloud-ranges").expect(404);
    }
  }

  private static final String MANIFEST =
      """
      # What the shop lets through.
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: db
        annotations:
          note: |
            Only the front end,
            and the office.
      spec:
        podSelector:
          matchLabels: {app: db, "tier": 'data'}
        ingress:
        - from:
          - podSelector:
              matchExpressions:
              - key: app
                operator: In
                values: [web, shop]
          - ipBlock:
              cidr: 198.51.100.0/24
              except: [198.51.100.7/32]
          ports:
          - protocol: TCP
            port: 5432
        - ports:
          - port: metrics
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: db}
      """;

  @Test
  void networkPoliciesOfKubernetesAreImportedAndCannotBeChangedByHand() throws Exception {
    try (var git = new Elsewhere(MANIFEST)) {
      market.install(IMPORT, "url=" + git.url());

      assertThat(market.ran(IMPORT))
          .isEqualTo(
              told(1, 4, 0, 0, "db, ingress rule 1: the port metrics is a name; write its number"));

      var allowed = market.named("networkaccesspolicies", IMPORT + "-db-ingress-0");
      var units = List.of("$type=processingunit", "$namespace=" + market.namespace);
      assertThat(allowed)
          .containsEntry("action", "Allow")
          .containsEntry("applyPolicyMode", "IncomingTraffic")
          .containsEntry("ports", List.of("tcp/5432"))
          .containsEntry("object", List.of(more(units, "app=db", "tier=data")));
      assertThat((List<?>) allowed.get("subject"))
          .hasSize(3)
          .asString()
          .contains("app=web", "app=shop", "k8s-block=");
      assertThat(market.named("networkaccesspolicies", IMPORT + "-db-ingress-isolated"))
          .containsEntry("action", "Reject")
          .containsEntry("fallback", true);
      market
          .run("api", "update", "netpol", IMPORT + "-db-ingress-0", "--set", "action=Reject")
          .refused("protected");
      assertThat(market.ran(IMPORT)).asString().contains("made=0", "changed=0", "removed=0");
    }
  }

  @Test
  void theImportFollowsTheManifestAndCanBeTakenBack() throws Exception {
    var before = market.export();
    try (var git = new Elsewhere(MANIFEST)) {
      market.install(IMPORT, "url=" + git.url());
      market.ran(IMPORT);
      git.answer =
          MANIFEST.replace("port: 5432", "port: 5433").replace("port: metrics", "port: 9090");

      assertThat(market.ran(IMPORT)).asString().contains("made=1", "changed=1", "removed=0");
      assertThat(market.named("networkaccesspolicies", IMPORT + "-db-ingress-0"))
          .containsEntry("ports", List.of("tcp/5433"));
      git.answer = MANIFEST.replace("- key: app", "- &anchor key: app");
      assertThat(failed()).contains("Line 17", "not read here");

      market.run("app", "upgrade", IMPORT, "--yes", "--set", "remove=true").ok();
      assertThat(market.ran(IMPORT)).asString().contains("removed=5");
      market.run("app", "uninstall", IMPORT).ok();
      market.run("api", "delete", "app", "name:" + IMPORT + "@1.0.0").ok();
      assertThat(market.export()).isEqualTo(before);
    }
  }

  private String failed() throws Exception {
    var act = market.run("api", "act", "automation", IMPORT, "run", "-o", "jsonpath={.run}");
    var path = "runs/" + act.ok().out().strip();
    Program.until(() -> market.admin.get(market.namespace, path).object().containsKey("endedAt"));
    var ended = market.admin.get(market.namespace, path).object();
    assertThat(ended.get("status")).isEqualTo("Failed");
    return ended.toString();
  }

  private static Map<String, Object> told(
      long found, long made, long changed, long removed, String... left) {
    return Map.of(
        "networkPolicies", found,
        "made", made,
        "changed", changed,
        "removed", removed,
        "left", List.of(left));
  }

  private static List<String> more(List<String> terms, String... others) {
    return Stream.concat(terms.stream(), Arrays.stream(others)).toList();
  }
}
