package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Carrying what is in one namespace to another, and taking it away again as a whole. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportTest {
  private static final String THERE =
      """
      kind: externalnetwork
      name: office
      entries: ["10.0.0.0/8"]
      ---
      kind: networkaccesspolicy
      name: office-to-web
      subject: [["net=office"]]
      object: [["app=web"]]
      ports: ["tcp/443"]
      ---
      kind: automation
      name: hello
      trigger: {kind: OnCall}
      source: |
        export default () => 1;
      """;

  @TempDir Path home;
  private final Program platform;
  private Market market;

  ImportTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
  }

  private String file(String text) throws IOException {
    return Files.writeString(home.resolve("recipe.yaml"), text).toString();
  }

  @Test
  void whatWasExportedIsImportedElsewhereAndRemovedAsAWhole() throws Exception {
    market.run("apply", "-f", file(THERE)).ok();
    var exported = market.run("export", "-q", "name != me").ok().out();
    market.admin.create(market.namespace, "namespaces", Map.of("name", "below"));
    var there = market.namespace + "/below";

    var made = market.run("import", "shop", "-n", there, "-f", file(exported)).ok();

    assertThat(made.out())
        .contains(
            "externalnetwork/office in " + there + " created",
            "networkaccesspolicy/office-to-web in " + there + " created",
            "automation/hello in " + there + " created");
    assertThat(market.run("export", "-n", there, "--label", "shop").ok().out()).isEqualTo(exported);
    assertThat(market.run("import", "shop", "-n", there, "-f", file(exported)).ok().out())
        .contains("automation/hello in " + there + " unchanged")
        .doesNotContain("updated", "created", "removed");
    assertThat(market.run("import", "shop", "-n", there, "--remove", "--dry-run").ok().out())
        .contains("externalnetwork/office in " + there + " removed (dry run)");
    market.run("import", "shop", "-n", there, "--remove").ok();
    assertThat(market.run("export", "-n", there).ok().out()).isEmpty();
    assertThat(market.run("export", "-q", "name != me").ok().out()).isEqualTo(exported);
  }

  @Test
  void whatTheFilesDoNotSayAnyMoreIsRemoved() throws Exception {
    market.run("import", "shop", "-f", file(THERE)).ok();
    var changed = THERE.substring(0, THERE.indexOf("---\nkind: automation")).replace("443", "8443");
    var before = market.export();

    var plan = market.run("import", "shop", "-f", file(changed), "--dry-run", "--diff").ok();
    assertThat(market.export()).isEqualTo(before);
    market.run("import", "shop", "-f", file(changed)).ok();

    assertThat(plan.out())
        .contains(
            "externalnetwork/office in " + market.namespace + " unchanged (dry run)",
            "networkaccesspolicy/office-to-web in " + market.namespace + " updated (dry run)",
            "+ ports: [\"tcp/8443\"]",
            "automation/hello in " + market.namespace + " removed (dry run)");
    assertThat(market.named("networkaccesspolicies", "office-to-web").get("ports"))
        .isEqualTo(List.of("tcp/8443"));
    market.admin.get(market.namespace, "automations/name:hello").expect(404);
    market.run("import", "shop", "--remove").ok();
  }

  @Test
  void allOfItIsImportedOrNothing() throws Exception {
    var before = market.export();
    market
        .run("import", "shop", "-f", file(THERE.replace("tcp/443", "tcp/99999")))
        .refused("Nothing was written", "ports");
    var wrong = market.run("import", "a shop", "-f", file(THERE));
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("No label can be called");
    assertThat(market.run("import", "shop").err()).contains("-f FILE");

    var mine = Map.<String, Object>of("name", "office", "entries", List.of("192.0.2.0/24"));
    market.admin.create(market.namespace, "externalnetworks", mine);
    market
        .run("import", "shop", "-f", file(THERE))
        .refused("externalnetwork/office in " + market.namespace + " is there already");
    market.admin.delete(market.namespace, "externalnetworks/name:office").expect(204);

    assertThat(market.export()).isEqualTo(before);
  }
}
