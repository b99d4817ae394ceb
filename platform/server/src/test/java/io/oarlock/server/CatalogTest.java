package io.oarlock.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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
  private static final long PATIENCE_SECONDS = 60;

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
      market.run("app", "install", name, "--yes").ok();
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
    var posted = new LinkedBlockingQueue<String>();
    try (var chat = new Chat(posted, "")) {
      market.admin.create(
          market.namespace,
          "egresspolicies",
          Map.of("name", "chat", "allow", List.of("127.0.0.0/8")));
      market.admin.create(
          market.namespace,
          "secrets",
          Map.of("name", "token", "value", "s3cret", "destinations", List.of("127.0.0.1")));
      market.publish(Market.CATALOG.resolve("policy-change-log")).ok();
      market
          .run(
              "app",
              "install",
              "policy-change-log",
              "--yes",
              "--set",
              "post=true",
              "--set",
              "token=token",
              "--set",
              "url=" + chat.url())
          .ok();

      market.admin.create(market.namespace, "networkaccesspolicies", Map.of("name", "web-to-db"));
      assertThat(next(posted))
          .contains("Bearer s3cret", "Create networkaccesspolicy web-to-db in " + market.namespace);
      market.run("api", "update", "netpol", "web-to-db", "--set", "action=Reject").ok();
      assertThat(next(posted)).contains("Update networkaccesspolicy web-to-db", ": action");
      market.run("app", "uninstall", "policy-change-log").ok();
    }
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
    try (var provider = new Chat(new LinkedBlockingQueue<>(), list)) {
      market.admin.create(
          market.namespace,
          "egresspolicies",
          Map.of("name", "list", "allow", List.of("127.0.0.0/8")));
      market.publish(Market.CATALOG.resolve("cloud-ranges")).ok();
      market
          .run(
              "app",
              "install",
              "cloud-ranges",
              "--yes",
              "--set",
              "region=europe-west3",
              "--set",
              "url=" + provider.url())
          .ok();
      market.run("api", "act", "automation", "cloud-ranges", "run").ok();

      Program.until(() ->
          List.of("198.51.100.0/24", "2001:db8::/32")
              .equals(
                  market
                      .admin
                      .get(market.namespace, "externalnetworks/name:cloud-ranges")
                      .object()
                      .get("entries")));
      market.run("app", "uninstall", "cloud-ranges").ok();
      market.admin.get(market.namespace, "externalnetworks/name:cloud-ranges").expect(404);
    }
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
    market.publish(Market.CATALOG.resolve("stale-object-cleaner")).ok();
    market.run("app", "install", "stale-object-cleaner", "--yes", "--set", "days=0").ok();

    assertThat(cleaned()).isEqualTo(Map.of("found", 1L, "removed", 0L));
    market.run("app", "upgrade", "stale-object-cleaner", "--yes", "--set", "remove=true").ok();
    assertThat(cleaned()).isEqualTo(Map.of("found", 1L, "removed", 1L));
    market.admin.get(market.namespace, "externalnetworks/name:forgotten").expect(404);
    market.admin.get(market.namespace, "externalnetworks/name:kept").expect(200);
    market.run("app", "uninstall", "stale-object-cleaner").ok();
  }

  /** What the cleaner says of a run, when it has ended. */
  private Object cleaned() throws Exception {
    var act =
        market.run(
            "api", "act", "automation", "stale-object-cleaner", "run", "-o", "jsonpath={.run}");
    var run = "runs/" + act.ok().out().strip();
    Program.until(() -> market.admin.get(market.namespace, run).object().containsKey("endedAt"));
    var ended = market.admin.get(market.namespace, run).object();
    assertThat(ended.get("status")).as(ended.toString()).isEqualTo("Succeeded");
    return Objects.requireNonNull(ended.get("result"));
  }

  private static String next(BlockingQueue<String> posted) throws InterruptedException {
    var text = posted.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(text).as("nothing was posted").isNotNull();
    return text;
  }

  /** A server of somebody else's, which keeps what is posted and answers the same to all. */
  private static final class Chat implements AutoCloseable {
    private final HttpServer server;

    Chat(BlockingQueue<String> posted, String answer) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            posted.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            var bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
