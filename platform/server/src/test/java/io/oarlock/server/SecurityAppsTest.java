package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.TagExpression;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apps of the catalogue that find what is bad and stop it. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecurityAppsTest {
  private static final String ILL = "quarantine=yes";

  private static final String FEED =
      """
      [{"id": "OSV-1", "summary": "Prototype pollution.",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
        "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
                      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "4.17.21"}]}]}]},
       {"id": "OSV-2", "summary": "A slow answer.",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:L"}],
        "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
                      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]},
       {"id": "OSV-3", "database_specific": {"severity": "CRITICAL"},
        "affected": [{"package": {"ecosystem": "Docker", "name": "nginx"}, "versions": ["1.28"]}]}]
      """;

  @TempDir Path home;
  private final Program platform;
  private Market market;

  SecurityAppsTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
  }

  private void unit(String name, Map<String, Object> more) throws Exception {
    var body = new HashMap<String, Object>(more);
    body.put("name", name);
    body.put("type", "Docker");
    market.admin.create(market.namespace, "processingunits", body);
  }

  private Set<String> tags(String plural, String name) throws Exception {
    var tags = (List<?>) Objects.requireNonNull(market.named(plural, name).get("normalizedTags"));
    return tags.stream().map(String::valueOf).collect(Collectors.toSet());
  }

  private List<?> alarms() throws Exception {
    return market.admin.get(market.namespace, "alarms").expect(200).list();
  }

  @Test
  void aTagCutsAUnitOffButForResponders() throws Exception {
    market.install("quarantine");
    unit("ill", Map.of("associatedTags", List.of(ILL)));
    unit("well", Map.of());
    unit("doctor", Map.of("associatedTags", List.of("role=responder")));

    var ill = tags("processingunits", "ill");
    var well = tags("processingunits", "well");
    var doctor = tags("processingunits", "doctor");
    var world = tags("externalnetworks", "quarantine-everywhere");
    assertThat(List.of(rejects(ill, well), rejects(well, ill))).containsOnly(true);
    assertThat(List.of(rejects(ill, world), rejects(world, ill))).containsOnly(true);
    assertThat(List.of(rejects(doctor, ill), rejects(ill, doctor))).containsOnly(false);
    assertThat(List.of(rejects(well, doctor), rejects(world, well))).containsOnly(false);
    Program.until(() -> alarms().toString().contains("ill of " + market.namespace));
    assertThat(alarms()).hasSize(1);
    market.run("app", "uninstall", "quarantine").ok();
  }

  /** Whether one of the policies of the app stops what one side opens to the other. */
  private boolean rejects(Set<String> from, Set<String> to) throws Exception {
    for (var name : List.of("quarantine-outgoing", "quarantine-incoming")) {
      var policy = market.named("networkaccesspolicies", name);
      assertThat(policy.get("action")).isEqualTo("Reject");
      if (expression(policy.get("subject")).matches(from)
          && expression(policy.get("object")).matches(to)) {
        return true;
      }
    }
    return false;
  }

  private static TagExpression expression(@Nullable Object lines) {
    return TagExpression.parse(
        ((List<?>) Objects.requireNonNull(lines))
            .stream()
                .map(line -> ((List<?>) line).stream().map(String::valueOf).toList())
                .toList());
  }

  @Test
  void theScannerTellsWhatNewUnitsRunAndQuarantinesThem() throws Exception {
    market.reachLoopback();
    try (var osv = new Elsewhere(FEED)) {
      market.install("vulnerability-scanner", "feed=" + osv.url(), "quarantine=true");

      unit("old", Map.of("metadata", List.of("@app:package=pkg:npm/lodash@4.17.20")));
      unit("new", Map.of("metadata", List.of("@app:package=pkg:npm/lodash@4.17.21")));
      unit("web", Map.of("images", List.of("registry.example.com/nginx:1.28")));

      Program.until(() -> tags("processingunits", "old").contains(ILL));
      Program.until(() -> tags("processingunits", "web").contains(ILL));
      assertThat(market.named("processingunits", "old").get("annotations"))
          .isEqualTo(Map.of("vulnerabilities", List.of("OSV-1")));
      assertThat(alarms())
          .hasSize(2)
          .asString()
          .contains("OSV-1 (9.8 of 10). Prototype pollution.", "nginx:1.28, which has OSV-3");

      assertThat(market.named("vulnerabilities", "OSV-1"))
          .containsEntry("processingUnitId", market.named("processingunits", "old").get("id"))
          .containsEntry("affects", "pkg:npm/lodash@4.17.20")
          .containsEntry("score", 9.8)
          .containsEntry("severity", "Critical");
      assertThat(market.ran("vulnerability-scanner-again"))
          .isEqualTo(
              Map.of(
                  "found",
                  Map.of("old", List.of("OSV-1"), "new", List.of(), "web", List.of("OSV-3"))));
      assertThat(alarms()).hasSize(2);
      assertThat(tags("processingunits", "new")).doesNotContain(ILL);
      market.run("app", "uninstall", "vulnerability-scanner").ok();
    }
  }
}
