package io.oarlock.enforcer.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.enforcer.agent.Main;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Before an agent and after it: {@code enforcer selftest} and {@code enforcer uninstall}. */
class AgentCareTest {
  private static final String PROD = "/prod";

  @TempDir private Path folder;
  private Lab lab;
  private Platform platform;
  private Path credential;

  @BeforeEach
  void build() throws Exception {
    ThreeTiersTest.requireRoot();
    lab = new Lab();
    platform = new Platform(lab, folder.resolve("home"));
    platform.namespace("/", "prod");
    credential = folder.resolve("credential.json");
    platform.must("enforcer", "register", "-n", PROD, "--out", credential.toString());
  }

  @AfterEach
  void takeDown() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void anAgentIsLookedAtAndTakenOffWithoutATrace() throws Exception {
    var rules = lab.rules("a");
    aHostThatGivesEverythingPasses();
    aHostThatGivesNoPowersFails();
    var host = new AgentHost(lab, "a", folder, credential);
    host.unit("backend", "sleep", "600");
    AgentHost.await("the unit", () -> !AgentHost.objects(host.status().get("units")).isEmpty());
    AgentHost.await("the platform to know it", () -> count("processingunits") == 1);

    var running = agent("selftest");
    assertThat(running.status()).as(running.words()).isZero();
    assertThat(running.words()).contains("by the agent that runs here", "host-a");
    unitsAreNotSetFree(rules);

    var taken = agent("uninstall", "--end-units");
    assertThat(taken.status()).as(taken.words()).isZero();
    assertThat(taken.words()).contains("has ended", "units have ended: [backend]", "is deleted at");
    assertThat(lab.rules("a")).isEqualTo(rules);
    assertThat(host.state()).doesNotExist();
    assertThat(count("enforcers") + count("processingunits")).isZero();
    assertThat(agent("uninstall").words()).contains("There is no agent's folder");
  }

  private void aHostThatGivesEverythingPasses() {
    var result = agent("selftest", "--credential", credential.toString());
    assertThat(result.status()).as(result.words()).isZero();
    assertThat(result.words())
        .contains("off the platform's", "over TLS", "there and back", "nothing passes")
        .contains("Nothing is in the way.")
        .doesNotContain("FAILED");
  }

  private void aHostThatGivesNoPowersFails() {
    var words = command("selftest");
    words.addAll(2, List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
    var result = Shell.run(words);
    assertThat(result.status()).as(result.words()).isEqualTo(1);
    assertThat(result.words())
        .contains(
            "FAILED   programs", "FAILED   nftables", "FAILED   ports", "→ apt install nftables")
        .contains("this host has not enrolled", "3 of ");
  }

  private void unitsAreNotSetFree(String rules) {
    var refused = agent("uninstall");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.words()).contains("backend", "free of every policy", "--end-units");
    assertThat(lab.rules("a")).isNotEqualTo(rules);
  }

  private int count(String plural) {
    return platform.list(PROD, plural).size();
  }

  private Shell.Result agent(String... words) {
    return Shell.run(command(words));
  }

  private List<String> command(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(1, List.of("--state", folder.resolve("state-a").toString()));
    return Platform.command(lab, "a", folder.resolve("home-a"), Main.class, all);
  }
}
