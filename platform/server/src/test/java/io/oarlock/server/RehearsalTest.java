package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
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

/**
 * What a plan tells of the automations of an app: what they would have done, had they been there.
 */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RehearsalTest {
  @TempDir Path home;
  private final Program platform;
  private Market market;

  RehearsalTest(Program platform) {
    this.platform = platform;
  }

  @BeforeEach
  void prepare() throws Exception {
    market = new Market(platform, home);
  }

  private Path watcher() throws Exception {
    var app = Files.createDirectory(home.resolve("watcher"));
    Files.writeString(
        app.resolve("app.yaml"),
        """
        name: watcher
        version: 1.0.0
        category: Audit
        description: Tells of new networks.
        parameters:
        - {key: url, type: Endpoint}
        - {key: token, type: Secret}
        permissions:
          entitlements: {alarm: [create]}
          secrets: ["${parameters.token}"]
          hosts: ["${parameters.url}"]
        resources:
          automation/${installation}:
            trigger: {kind: OnEvent, types: [externalnetwork], operations: [Create]}
            source: ${file:main.js}
            parameters: {url: "${parameters.url}", token: "${parameters.token}"}
            entitlements: {alarm: [create]}
            secrets: ["${parameters.token}"]
        """);
    Files.writeString(
        app.resolve("main.js"),
        """
        export default async function (ctx) {
          const { name } = ctx.event.object;
          const seen = await ctx.kv.increment('seen');
          if (seen === 3) throw new Error('three are too many');
          await ctx.api.alarms.create({ name, kind: 'network:new', content: name });
          const authorization = `Bearer ${await ctx.secrets.get(ctx.params.token)}`;
          await ctx.fetch(ctx.params.url, { method: 'POST', headers: { authorization }, body: name });
        }
        """);
    return app;
  }

  private List<Object> all(String plural) throws Exception {
    return List.copyOf(market.admin.get(market.namespace, plural).expect(200).list());
  }

  @Test
  void aPlanTellsWhatAutomationsWouldHaveDoneAndDoesNoneOfIt() throws Exception {
    try (var elsewhere = new Elsewhere("")) {
      market.reachLoopback();
      market.secret("token", "s3cret");
      for (var name : List.of("one", "two", "three")) {
        var body = Map.<String, Object>of("name", name, "entries", List.of("10.0.0.0/8"));
        market.admin.create(market.namespace, "externalnetworks", body);
      }
      market.publish(watcher()).ok();
      market.admin.create(
          market.namespace,
          "hookpolicies",
          Map.of(
              "name",
              "alarms",
              "subject",
              List.of(List.of("$type=alarm")),
              "endpoint",
              elsewhere.url()));
      var before = market.export();
      var answers = new String[] {"url=" + elsewhere.url(), "token=token"};

      var plan = market.run(Market.with(answers, "app", "plan", "watcher")).ok();

      var done = "3 × change kept values, 2 × create alarms, 2 × POST " + elsewhere.url();
      assertThat(plan.out())
          .containsPattern("AUTOMATION +EVENTS +OK +SKIPPED +FAILED +WRITES AND REQUESTS")
          .containsPattern("watcher +3 +2 +0 +1 +" + java.util.regex.Pattern.quote(done));
      assertThat(plan.err()).contains("watcher: ", "three are too many", "(line 4)");
      assertThat(elsewhere.received()).isZero();
      assertThat(market.export()).isEqualTo(before);
      assertThat(all("runs")).isEmpty();
      assertThat(all("alarms")).isEmpty();
      assertThat(all("kventries")).isEmpty();
    }
  }

  @Test
  void anUpgradeTellsWhatIsChangedByItAndNothingOfTheRest() throws Exception {
    market.publish(market.first()).ok();
    market.run("app", "install", "first", "--yes").ok();
    var body = Map.<String, Object>of("name", "office", "entries", List.of("10.0.0.0/8"));
    market.admin.create(market.namespace, "externalnetworks", body);

    var same = market.run("app", "upgrade", "first", "--dry-run").ok();
    var other = market.run("app", "upgrade", "first", "--dry-run", "--set", "level=warn").ok();

    assertThat(same.out()).contains("= automation/first").doesNotContain("EVENTS");
    assertThat(other.out())
        .contains("~ automation/first")
        .containsPattern("first +1 +1 +0 +0 +none");
  }

  @Test
  void whatIsDoneInEarnestIsNotRehearsed() throws Exception {
    market.publish(market.first()).ok();
    var body =
        Map.<String, Object>of(
            "name", "first",
            "app", "first",
            "appVersion", "1.0.0",
            "consent", Map.of("entitlements", Map.of("externalnetwork", List.of("get"))),
            "rehearse", true);

    var refused = market.admin.post(market.namespace, "installations", Json.text(body));

    assertThat(refused.expect(422).body()).contains("no-dry-run");
    market.admin.post(market.namespace, "installations?dryRun=true", Json.text(body)).expect(200);
  }
}
