package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Apps send requests only where who installed them agreed to. */
@ExtendWith(SharedProgram.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AppRequestsTest {
  private static final String REFUSED =
      "The automation caller may not send requests to 127.0.0.2, only to 127.0.0.1";

  @TempDir Path home;
  private final Program platform;

  AppRequestsTest(Program platform) {
    this.platform = platform;
  }

  private Path caller() throws Exception {
    var app = Files.createDirectory(home.resolve("caller"));
    Files.writeString(
        app.resolve("app.yaml"),
        """
        name: caller
        version: 1.0.0
        category: Other
        description: Asks two servers.
        parameters:
        - {key: here, type: Endpoint}
        - {key: there, type: Endpoint}
        permissions:
          hosts: ["${parameters.here}"]
        resources:
          automation/${installation}:
            trigger: {kind: OnCall}
            source: ${file:main.js}
            parameters: {here: "${parameters.here}", there: "${parameters.there}"}
        """);
    Files.writeString(
        app.resolve("main.js"),
        """
        export default async function (ctx) {
          const told = [];
          for (const url of [ctx.params.here, ctx.params.there]) {
            told.push(await ctx.fetch(url).then(({ status }) => `${status}`, (error) => error.message));
          }
          return told;
        }
        """);
    return app;
  }

  private static List<String> told(Market market) throws Exception {
    return ((List<?>) market.ran("caller")).stream().map(String::valueOf).toList();
  }

  @Test
  void anAppAsksOnlyHostsThatWereAgreedToAndMoreAfterFreshConsent() throws Exception {
    var market = new Market(platform, home);
    try (var elsewhere = new Elsewhere("")) {
      market.reachLoopback();
      var app = caller();
      market.publish(app).ok();
      var there = elsewhere.url().replace("127.0.0.1", "127.0.0.2");
      var answers = new String[] {"here=" + elsewhere.url(), "there=" + there};
      var install = market.run(Market.with(answers, "app", "install", "caller", "--yes")).ok();

      assertThat(install.err()).contains("It asks to send requests to 127.0.0.1.");
      assertThat(told(market)).first().isEqualTo("200");
      assertThat(told(market)).last().asString().contains(REFUSED, "permissions.hosts of the app");

      var more = market.changed(app, "version: 1.0.0", "version: 1.1.0");
      var manifest = more.resolve("app.yaml");
      Files.writeString(
          manifest,
          Files.readString(manifest)
              .replace(
                  "hosts: [\"${parameters.here}\"]",
                  "hosts: [\"${parameters.here}\", \"${parameters.there}\"]"));
      market.publish(more).ok();
      var asked = market.run("app", "upgrade", "caller");
      assertThat(asked.exit()).isEqualTo(2);
      assertThat(asked.err()).contains("It asks to send requests to 127.0.0.2.");
      var patch =
          market
              .admin
              .request(market.namespace, "installations/name:caller")
              .method("PATCH", BodyPublishers.ofString("{\"appVersion\": \"1.1.0\"}"));
      assertThat(market.admin.send(patch).expect(422).body())
          .contains("no-consent", "requests to 127.0.0.2");
      assertThat(told(market)).last().asString().contains(REFUSED);

      market.run("app", "upgrade", "caller", "--yes").ok();

      assertThat(told(market)).last().asString().doesNotContain("may not send requests");
      assertThat(market.named("automations", "caller"))
          .containsEntry("hosts", List.of("127.0.0.1", "127.0.0.2"));
      assertThat(market.named("installations", "caller").get("consent"))
          .isInstanceOfSatisfying(
              Map.class,
              consent -> assertThat(String.valueOf(consent.get("hosts"))).contains("127.0.0.2"));
      market.run("app", "uninstall", "caller").ok();
    }
  }
}
