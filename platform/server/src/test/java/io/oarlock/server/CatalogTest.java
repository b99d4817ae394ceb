package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import io.oarlock.marketplace.bundle.Bundle;
import io.oarlock.model.ModelReader;
import io.oarlock.model.types.ResourceTypes;
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

/** The first-party apps, against real servers of somebody else. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CatalogTest {
  @TempDir Path home;
  private final Program platform;
  private Market market;

  CatalogTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
  }

  private static List<Path> catalog() throws IOException {
    try (var files = Files.list(Market.CATALOG)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** Those of its first test that makes something. */
  private static String[] answers(Path app) throws Exception {
    var tests = Bundle.readFolder(app, ModelReader.load(ResourceTypes.all())).manifest().tests();
    var making = tests.stream().filter(test -> !test.makes().isEmpty()).findFirst().orElseThrow();
    return making.parameters().entrySet().stream()
        .map(answer -> answer.getKey() + ":=" + Json.text(answer.getValue()))
        .toArray(String[]::new);
  }

  @Test
  void everyAppOfTheCataloguePassesItsOwnTests() throws Exception {
    assertThat(catalog()).isNotEmpty();
    for (var app : catalog()) {
      assertThat(market.run("app", "test", app.toString()).ok().out()).doesNotContain("failed");
    }
  }

  @Test
  void theWholeCatalogueComesAndGoesAndLeavesNothing() throws Exception {
    var before = market.export();
    for (var app : catalog()) {
      var name = app.getFileName().toString();
      market.publish(app).ok();
      market.run(Market.with(answers(app), "app", "install", name, "--yes")).ok();
      var first = market.export();
      market.publish(market.changed(app, "version: 1.0.0", "version: 1.1.0")).ok();
      market.run("app", "upgrade", name, "--yes", "--dry-run").ok();
      market.run("app", "upgrade", name, "--yes").ok();
      market.run("app", "rollback", name).ok();
      assertThat(market.export("installations")).isEqualTo(Market.without(first, "installations"));
    }
    assertThat(market.export()).isNotEqualTo(before);
    for (var app : catalog()) {
      var name = app.getFileName().toString();
      market.run("app", "uninstall", name).ok();
      market.run("api", "delete", "app", "name:" + name + "@1.0.0").ok();
      market.run("api", "delete", "app", "name:" + name + "@1.1.0").ok();
    }
    assertThat(market.export()).isEqualTo(before);
  }

  @Test
  void thePolicyChangeLogPostsEveryChange() throws Exception {
    try (var chat = new Elsewhere("")) {
      market.reachLoopback();
      market.secret("token", "s3cret");
      market.install("policy-change-log", "post=true", "token=token", "url=" + chat.url());

      market.admin.create(market.namespace, "networkaccesspolicies", Map.of("name", "web-to-db"));
      assertThat(chat.next())
          .contains("Bearer s3cret", "Create networkaccesspolicy web-to-db in " + market.namespace);
      market.run("api", "update", "netpol", "web-to-db", "--set", "action=Reject").ok();
      assertThat(chat.next()).contains("Update networkaccesspolicy web-to-db", ": action");
      market.run("app", "uninstall", "policy-change-log").ok();
    }
  }

  /** Sends events of policies to a collector whose token is {@code s3cret}. */
  private void consolidate(String url, String answer) throws Exception {
    market.reachLoopback();
    market.secret("hec", "s3cret");
    market.install(
        "splunk-consolidator", "url=" + url, "token=hec", "types=networkaccesspolicy", answer);
  }

  @Test
  void theSplunkConsolidatorSendsWhatIsCreatedHereAndBelow() throws Exception {
    try (var splunk = new Elsewhere("{\"text\": \"Success\", \"code\": 0}")) {
      consolidate(splunk.url(), "index=net");
      market.admin.create(market.namespace, "namespaces", Map.of("name", "below"));

      market.admin.create(
          market.namespace + "/below", "networkaccesspolicies", Map.of("name", "web-to-db"));

      assertThat(splunk.next())
          .startsWith("Splunk s3cret ")
          .contains("web-to-db", "\"index\":\"net\"", market.namespace + "/below");
      market.run("app", "uninstall", "splunk-consolidator").ok();
      market.admin.get(market.namespace, "eventforwarders/name:splunk-consolidator").expect(404);
    }
  }

  @Test
  void whatSplunksIndexersHaveNotAcknowledgedCountsAsUnsent() throws Exception {
    try (var splunk = new Indexers("s3cret")) {
      consolidate(splunk.url(), "acknowledge:=true");
      market.admin.create(market.namespace, "networkaccesspolicies", Map.of("name", "web-to-db"));
      assertThat(splunk.next()).contains("web-to-db");
      Program.until(() -> splunk.asked.get() > 2);
      assertThat(sent()).isZero();

      splunk.work = true;
      Program.until(() -> sent() == 1);
      market.run("app", "uninstall", "splunk-consolidator").ok();
    }
  }

  private long sent() throws Exception {
    var forwarder =
        market.admin.get(market.namespace, "eventforwarders/name:splunk-consolidator").expect(200);
    return forwarder.object().get("progress") instanceof Map<?, ?> progress
            && progress.get("sent") instanceof Long sent
        ? sent
        : 0;
  }

  @Test
  void theCleanerRemovesOnlyWhatIsTemporaryAndOnlyWhenTold() throws Exception {
    for (var name : List.of("kept", "forgotten")) {
      var tags = name.equals("forgotten") ? List.of("lifetime=temporary") : List.of();
      var entries = List.of("10.0.0.0/8");
      market.admin.create(
          market.namespace,
          "externalnetworks",
          Map.of("name", name, "entries", entries, "associatedTags", tags));
    }
    market.install("stale-object-cleaner", "days=0");

    assertThat(market.ran("stale-object-cleaner")).isEqualTo(Map.of("found", 1L, "removed", 0L));
    market.run("app", "upgrade", "stale-object-cleaner", "--yes", "--set", "remove=true").ok();
    assertThat(market.ran("stale-object-cleaner")).isEqualTo(Map.of("found", 1L, "removed", 1L));
    market.admin.get(market.namespace, "externalnetworks/name:forgotten").expect(404);
    market.named("externalnetworks", "kept");
    market.run("app", "uninstall", "stale-object-cleaner").ok();
  }
}
