package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.net.URLEncoder;
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

/** How long an app may do something: as long as who installed it may, and until it is removed. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppLifeTest {
  private static final String PASSWORD = "Row-the-trireme-home-1";

  @TempDir Path home;
  private final Program platform;
  private Market market;

  AppLifeTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
    var app = Files.createDirectory(home.resolve("maker"));
    Files.writeString(
        app.resolve("app.yaml"),
        """
        name: maker
        version: 1.0.0
        category: Other
        description: Makes a network at each call, and waits.
        permissions:
          entitlements: {externalnetwork: [create]}
        resources:
          automation/maker:
            trigger: {kind: OnCall}
            source: |
              export default async function (ctx) {
                const { name } = await ctx.api.externalnetworks.create({ name: ctx.run.id, entries: ['192.0.2.0/24'] });
                return name;
              }
            entitlements: {externalnetwork: [create]}
          automation/waiter:
            trigger: {kind: OnCall}
            source: |
              export default async function (ctx) {
                for (;;) await ctx.sleep(50);
              }
            limits: {wallTime: PT4M}
        """);
    market.publish(app).ok();
  }

  private String started(String automation) throws Exception {
    var act = market.run("api", "act", "automation", automation, "run", "-o", "jsonpath={.run}");
    return act.ok().out().strip();
  }

  private Map<String, Object> run(String id) throws Exception {
    return market.admin.get(market.namespace, "runs/" + id).expect(200).object();
  }

  @Test
  void uninstallingStopsRunsAndTellsWhatStays() throws Exception {
    market.run("app", "install", "maker", "--yes").ok();
    var made = String.valueOf(market.ran("maker"));
    var run = started("waiter");
    Program.until(() -> "Running".equals(run(run).get("status")));

    var told = market.run("app", "uninstall", "maker").ok();

    assertThat(told.out())
        .contains("- automation/waiter", "What its automations created stays: externalnetwork");
    Program.until(() -> run(run).containsKey("endedAt"));
    assertThat(run(run)).containsEntry("status", "Cancelled");
    market.named("externalnetworks", made);
  }

  private Path ticker() throws Exception {
    var app = Files.createDirectory(home.resolve("ticker"));
    Files.writeString(
        app.resolve("app.yaml"),
        """
        name: ticker
        version: 1.0.0
        category: Other
        description: Posts how often it ran.
        parameters:
        - {key: url, type: Endpoint}
        permissions:
          hosts: ["${parameters.url}"]
        resources:
          automation/ticker:
            trigger: {kind: OnSchedule, every: PT1S}
            source: |
              export default async function (ctx) {
                const body = String(await ctx.kv.increment('ticks'));
                await ctx.fetch(ctx.params.url, { method: 'POST', body });
              }
            parameters: {url: "${parameters.url}"}
        """);
    return app;
  }

  private static void tick(Market in, Path ticker, Elsewhere to) throws Exception {
    in.reachLoopback();
    in.publish(ticker).ok();
    in.run("app", "install", "ticker", "--yes", "--set", "url=" + to.url()).ok();
  }

  private static void ticks(Elsewhere receiver) throws Exception {
    for (var i = 0; i < 3; i++) {
      receiver.next();
    }
  }

  @Test
  void withANamespaceGoesAllThatHappensInIt() throws Exception {
    var still = new Market(platform, Files.createDirectory(home.resolve("still")));
    try (var gone = new Elsewhere("");
        var there = new Elsewhere("")) {
      tick(market, ticker(), gone);
      tick(still, home.resolve("ticker"), there);
      market.secret("token", "s3cret");
      var nowhere =
          Map.<String, Object>of(
              "name",
              "late",
              "mode",
              "Post",
              "subject",
              List.of(List.of("$type=externalnetwork")),
              "endpoint",
              "http://127.0.0.1:9/");
      market.admin.create(market.namespace, "hookpolicies", nowhere);
      market.run("app", "install", "maker", "--yes").ok();
      market.ran("maker");
      var run = started("waiter");
      Program.until(() -> "Running".equals(run(run).get("status")));
      ticks(gone);

      var filter = URLEncoder.encode("name == \"" + market.namespace + "\"", UTF_8);
      var found = market.admin.get("/", "namespaces?q=" + filter).expect(200).list().getFirst();
      market.admin.delete("/", "namespaces/" + ((Map<?, ?>) found).get("id")).expect(204);
      Program.until(() -> market.admin.get(market.namespace, "runs").status() == 404);
      ticks(there);
      gone.forget();
      there.forget();
      ticks(there);

      assertThat(gone.received()).isZero();
      var name = market.namespace.substring(1);
      Program.until(() ->
          market.admin.post("/", "namespaces", Json.text(Map.of("name", name))).status() == 201);
      assertThat(market.export().values()).allSatisfy(all -> assertThat((List<?>) all).isEmpty());
      for (var plural :
          List.of("runs", "deliveries", "firings", "kventries", "automationversions")) {
        assertThat(market.admin.get(market.namespace, plural).expect(200).list())
            .as(plural)
            .isEmpty();
      }
      still.run("app", "uninstall", "ticker").ok();
    }
  }

  @Test
  void anAppMayNoMoreThanWhoInstalledItStillMay() throws Exception {
    var name = "installer" + market.namespace.substring(1);
    market.admin.create("/", "accounts", Map.of("name", name, "password", PASSWORD));
    var right =
        Map.<String, Object>of(
            "name",
            name,
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=" + name)),
            "authorizedNamespace",
            market.namespace,
            "authorizedIdentities",
            List.of("@role=namespace.administrator"));
    market.admin.create("/", "apiauthorizationpolicies", right);
    var installer = market.admin.signedIn(name, PASSWORD);
    var installation =
        Map.<String, Object>of(
            "name", "maker",
            "app", "maker",
            "appVersion", "1.0.0",
            "consent", Map.of("entitlements", Map.of("externalnetwork", List.of("create"))));
    installer.post(market.namespace, "installations", Json.text(installation)).expect(201);
    market.named("externalnetworks", String.valueOf(market.ran("maker")));

    market.admin.delete("/", "apiauthorizationpolicies/name:" + name).expect(204);

    var run = started("maker");
    Program.until(() -> run(run).containsKey("endedAt"));
    assertThat(run(run)).containsEntry("status", "Failed");
    assertThat(String.valueOf(run(run).get("error"))).contains("externalnetwork");
    market.admin.get(market.namespace, "externalnetworks/name:" + run).expect(404);
    market.admin.delete("/", "accounts/name:" + name).expect(204);
    market.run("app", "uninstall", "maker").ok();
  }
}
