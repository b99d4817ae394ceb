package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Publishing, installing, upgrading and removing apps, by the commands people use. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MarketplaceTest {
  @TempDir Path home;
  private final Program platform;
  private Market market;

  MarketplaceTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
  }

  @Test
  void aPlanMakesNothing() throws Exception {
    market.publish(Market.CATALOG.resolve("cloud-ranges")).ok();
    var before = market.export();

    var plan = market.run("app", "plan", "cloud-ranges", "--as", "gcp").ok();

    assertThat(plan.out())
        .contains("+ externalnetwork/gcp", "+ automation/gcp", "installed (dry run)");
    assertThat(plan.err()).contains("It asks to list, get, patch externalnetwork.");
    assertThat(market.export()).isEqualTo(before);
  }

  @Test
  void allThatIsWrongWithAnswersIsToldAndNothingIsMade() throws Exception {
    market.publish(Market.CATALOG.resolve("cloud-ranges")).ok();
    var before = market.export();

    market
        .run(
            "app", "install", "cloud-ranges", "--yes", "--set", "every=often", "--set", "tag=cloud")
        .refused("parameters.every", "parameters.tag", "Write key=value.");
    assertThat(market.run("app", "install", "cloud-ranges").exit()).isEqualTo(2);
    market.admin.create(
        market.namespace,
        "externalnetworks",
        Map.of("name", "cloud-ranges", "entries", List.of("10.0.0.0/8")));
    market
        .run("app", "install", "cloud-ranges", "--yes")
        .refused("another externalnetwork of that name");
    market.admin.delete(market.namespace, "externalnetworks/name:cloud-ranges").expect(204);

    assertThat(market.export()).isEqualTo(before);
  }

  @Test
  void onlyWholeAppsOfTrustedPublishersAreTaken() throws Exception {
    var folder = market.first();
    var file = market.packed(folder);
    market.run("app", "publish", file).refused("not signed");
    market.run("app", "sign", file, "--key", home.resolve("other.key").toString()).ok();
    market.run("app", "publish", file).refused("nobody here trusts");
    market.run("app", "sign", file).ok();
    var bytes = Files.readAllBytes(Path.of(file));
    bytes[bytes.length / 2] ^= 1;
    var body = Map.<String, Object>of("bundle", Base64.getEncoder().encodeToString(bytes));
    market.admin.post(market.namespace, "apps", Json.text(body)).expect(422);
    market.run("app", "publish", file).ok();
    market.run("app", "install", "first", "--yes").ok();

    market.run("api", "update", "publisherkey", "me", "--set", "revoked=true").ok();
    market.publish(market.changed(folder, "1.0.0", "1.1.0")).refused("revoked");
    market.run("app", "upgrade", "first", "--set", "level=warn", "--yes").refused("revoked");
    market.run("app", "uninstall", "first").ok();
  }

  @Test
  void anAppOfACatalogueIsInstalledByItsName() throws Exception {
    var shelf = Files.createDirectory(home.resolve("shelf"));
    for (var version : List.of("1.0.0", "1.1.0", "2.0.0")) {
      var app = market.changed(market.first(), "version: 1.0.0", "version: " + version);
      var file = shelf.resolve(version + ".zip").toString();
      market.run("app", "build", app.toString(), "--to", file).ok();
      market.run("app", "sign", file).ok();
    }
    market.run("app", "index", shelf.toString()).ok();
    var catalog = shelf.toString();
    var before = market.export();
    assertThat(market.run("app", "plan", "first@1").exit()).isEqualTo(3);
    assertThat(market.run("app", "install", "first@1", "--catalog", catalog).exit()).isEqualTo(2);
    assertThat(market.export()).isEqualTo(before);

    var made = market.run("app", "install", "first@1", "--catalog", catalog, "--yes").ok();

    assertThat(made.out()).contains("app/first@1.1.0 published", "installation/first 1.1.0");
    market.run("app", "publish", "first", "--catalog", catalog).ok();
    assertThat(market.run("app", "upgrade", "first").ok().out()).contains("2.0.0 upgraded");
    market.run("app", "uninstall", "first").ok();
  }

  @Test
  void aCatalogueShowsWhatAnAppIsBeforeItIsInstalled() throws Exception {
    var app =
        market.changed(
            market.first(), "documents:", "icon: icon.svg\nscreenshots: [log.png]\ndocuments:");
    var png = Base64.getDecoder().decode("iVBORw0KGgo=");
    Files.write(app.resolve("log.png"), png);
    Files.writeString(app.resolve("icon.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    var shelf = Files.createDirectory(home.resolve("shelf"));
    var file = shelf.resolve("first.zip").toString();
    market.run("app", "build", app.toString(), "--to", file).ok();
    market.run("app", "sign", file).ok();
    market.run("app", "index", shelf.toString()).ok();
    var catalog = shelf.toString();
    var pictures = home.resolve("pictures");

    var found = market.run("app", "search", "first", "--catalog", catalog, "-o", "json").ok();
    var shown =
        market.run("app", "show", "first", "--catalog", catalog, "--to", pictures.toString()).ok();

    assertThat(found.out()).contains("\"screenshots\"", "log.png", market.key);
    assertThat(shown.out())
        .contains("first 1.0.0", "signed by " + market.key, "It asks to get externalnetwork.")
        .contains("Screenshot: log.png", "Versions: 1.0.0")
        .containsPattern("level +Enum +info");
    assertThat(Files.readAllBytes(pictures.resolve("log.png"))).isEqualTo(png);
    assertThat(pictures.resolve("icon.svg")).exists();
    assertThat(market.run("app", "show", "nobody", "--catalog", catalog).exit()).isEqualTo(3);
  }

  @Test
  void anAppOfACatalogueWhoseInstallationIsRefusedIsNotPublishedEither() throws Exception {
    var name = "cloud-ranges";
    var catalog = Market.CATALOG.toString();
    var before = market.export();

    var plan = market.run("app", "plan", name, "--catalog", catalog, "--sign").ok();
    assertThat(plan.out())
        .contains("app/cloud-ranges@1.0.0 published (dry run)", "+ externalnetwork/cloud-ranges");
    market
        .run("app", "install", name, "--catalog", catalog, "--sign", "--yes", "--set", "tag=cloud")
        .refused("parameters.tag");
    var taken = Map.<String, Object>of("name", name, "entries", List.of("10.0.0.0/8"));
    market.admin.create(market.namespace, "externalnetworks", taken);
    market
        .run("app", "install", name, "--catalog", catalog, "--sign", "--yes")
        .refused("another externalnetwork of that name");
    market.admin.delete(market.namespace, "externalnetworks/name:" + name).expect(204);

    assertThat(market.export()).isEqualTo(before);
    market.run("app", "install", name, "--catalog", catalog, "--sign", "--yes").ok();
    market.run("app", "uninstall", name).ok();
  }

  @Test
  void aBundleThatIsAnotherVersionIsNotInstalledUnderThatName() throws Exception {
    var file = market.packed(market.first());
    market.run("app", "sign", file).ok();
    var bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    var body =
        Map.<String, Object>of(
            "name", "first", "app", "first", "appVersion", "1.1.0", "bundle", bundle);

    var refused = market.admin.post(market.namespace, "installations", Json.text(body));

    assertThat(refused.expect(422).body()).contains("The bundle is first@1.0.0.");
    assertThat(market.admin.get(market.namespace, "apps").expect(200).list()).isEmpty();
  }

  @Test
  void whatNobodySignedIsTakenOnlyWithASignatureOfOnesOwn() throws Exception {
    var catalog = Market.CATALOG.toString();
    var name = "stale-object-cleaner";

    market.run("app", "install", name, "--catalog", catalog, "--yes").refused("Nobody has signed");
    assertThat(market.admin.get(market.namespace, "apps").expect(200).list()).isEmpty();
    market.run("app", "install", name, "--catalog", catalog, "--yes", "--sign").ok();
    market.run("app", "uninstall", name).ok();
  }

  @Test
  void whatIsMissingIsAskedAtATerminalAndNamedAtOnceElsewhere() throws Exception {
    var name = "splunk-consolidator";
    market.reachLoopback();
    market.publish(Market.CATALOG.resolve(name)).ok();
    market.run("app", "install", name, "--yes").refused("parameters.url", "parameters.token");

    var told =
        Typed.run(market, "nowhere\nhttps://127.0.0.1:8088\nhec\ny\n", "app", "install", name);

    assertThat(told)
        .contains("URL of the collector, without path.", "Collector: ", "Token: ", "Do you agree?")
        .contains("installation/" + name + " 1.0.0 installed");
    assertThat(market.named("installations", name).get("parameters"))
        .isEqualTo(Map.of("url", "https://127.0.0.1:8088", "token", "hec"));
    market.run("app", "uninstall", name).ok();
  }

  @Test
  void trustAndAppsAreHandedDownAndRevokedFromAbove() throws Exception {
    market.admin.create(market.namespace, "namespaces", Map.of("name", "below"));
    var below = market.namespace + "/below";
    var file = market.packed(market.first());
    market.run("app", "sign", file).ok();
    market.run("app", "publish", file, "-n", below).refused("nobody here trusts");
    market.run("app", "publish", file).ok();
    assertThat(market.run("app", "install", "first", "-n", below, "--yes").err())
        .contains("No app first is published here");

    market.run("api", "update", "publisherkey", "me", "--set", "propagate=true").ok();
    market.run("app", "publish", file, "-n", below).ok();
    market.run("app", "install", "first", "-n", below, "--yes").ok();
    market.run("api", "update", "publisherkey", "me", "--set", "revoked=true").ok();
    market.run("api", "update", "publisherkey", "me", "--set", "propagate=false").ok();
    market
        .run(
            "api",
            "create",
            "publisherkey",
            "-n",
            below,
            "-s",
            "name=me",
            "-s",
            "key=" + market.key)
        .ok();
    market
        .run("app", "install", "first", "--as", "second", "-n", below, "--yes")
        .refused("revoked");
    market.run("app", "uninstall", "first", "-n", below).ok();
  }

  @Test
  void moreIsAllowedOnlyAfterFreshConsent() throws Exception {
    var folder = market.first();
    market.publish(folder).ok();
    market.run("app", "install", "first", "--yes").ok();
    var more = market.changed(folder, "version: 1.0.0", "version: 2.0.0");
    var manifest = more.resolve("app.yaml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("externalnetwork: [get]", "externalnetwork: [get, delete]"));
    market.publish(more).ok();
    var old = installed();

    assertThat(market.run("app", "upgrade", "first").err())
        .contains("It asks to delete externalnetwork.");
    var patch =
        market
            .admin
            .request(market.namespace, "installations/name:first")
            .method("PATCH", BodyPublishers.ofString("{\"appVersion\": \"2.0.0\"}"));
    assertThat(market.admin.send(patch).expect(422).body()).contains("no-consent");
    assertThat(installed()).isEqualTo(old);
    market.run("app", "upgrade", "first", "--yes").ok();
    assertThat(installed().get("appVersion")).isEqualTo("2.0.0");
  }

  @Test
  void goingBackBringsBackWhatAutomationsKept() throws Exception {
    var app = Files.createDirectory(home.resolve("counter"));
    Files.writeString(
        app.resolve("app.yaml"),
        """
        name: counter
        version: 1.0.0
        category: Audit
        description: Counts its runs.
        resources:
          automation/${installation}:
            trigger: {kind: OnCall}
            source: |
              export default (ctx) => ctx.kv.increment('runs');
        """);
    market.publish(app).ok();
    market.run("app", "install", "counter", "--yes").ok();
    market.run("app", "rollback", "counter").refused("nothing to go back to");
    assertThat(market.ran("counter")).isEqualTo(1L);
    market.publish(market.changed(app, "version: 1.0.0", "version: 1.1.0")).ok();
    market.run("app", "upgrade", "counter", "--yes").ok();
    assertThat(market.ran("counter")).isEqualTo(2L);
    assertThat(market.ran("counter")).isEqualTo(3L);

    market.run("app", "rollback", "counter", "--dry-run").ok();
    assertThat(market.ran("counter")).isEqualTo(4L);
    market.run("app", "rollback", "counter").ok();

    assertThat(market.named("installations", "counter"))
        .containsEntry("appVersion", "1.0.0")
        .doesNotContainKeys("kept", "goBack");
    assertThat(market.ran("counter")).isEqualTo(2L);
    market.run("app", "rollback", "counter").ok();
    assertThat(market.ran("counter")).isEqualTo(5L);
    market.run("app", "uninstall", "counter").ok();
    assertThat(market.admin.get(market.namespace, "kventries").expect(200).list()).isEmpty();
  }

  private Map<String, Object> installed() throws Exception {
    return market.admin.get(market.namespace, "installations/name:first").expect(200).object();
  }

  @Test
  void anAppMayNoMoreThanWhoInstallsIt() throws Exception {
    market.publish(market.first()).ok();
    var limited =
        market.admin.narrowed(
            Map.of("restrictedPermissions", List.of("installation:*", "app:*", "automation:*")));
    var body =
        Map.<String, Object>of(
            "name", "first",
            "app", "first",
            "appVersion", "1.0.0",
            "consent", Map.of("entitlements", Map.of("externalnetwork", List.of("get"))));

    var refused = limited.post(market.namespace, "installations", Json.text(body)).expect(403);

    assertThat(refused.body()).contains("automation/first");
    assertThat(market.admin.get(market.namespace, "installations").expect(200).list()).isEmpty();
  }
}
