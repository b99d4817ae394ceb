package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.oarlock.json.Json;
import io.oarlock.model.Operation;
import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostHooksTest {
  private static final Map<String, Object> POLICY =
      Map.of(
          "name",
          "web-to-db",
          "action",
          "Allow",
          "subject",
          List.of(List.of("app=web")),
          "object",
          List.of(List.of("app=db")));

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private Receiver receiver;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("egresspolicy", "/acme", Map.of("name", "local", "allow", List.of("127.0.0.0/8")));
    receiver = new Receiver(true);
  }

  @AfterEach
  void stop() {
    platform.close();
    receiver.close();
  }

  private Map<String, Object> hook() {
    var body = new LinkedHashMap<String, Object>();
    body.put("name", "told");
    body.put("mode", "Post");
    body.put("subject", List.of(List.of("$type=networkaccesspolicy")));
    body.put("endpoint", receiver.url("/hook"));
    body.put("certificateAuthority", receiver.authorities());
    return admin.create("hookpolicy", "/acme", body);
  }

  private Map<String, Object> create() {
    return admin.create("networkaccesspolicy", "/acme", POLICY);
  }

  private Map<String, Object> delivery() {
    return admin.list("delivery", "/acme").getLast();
  }

  private void awaitStatus(String status) {
    Waiting.until(
        () -> {
          var rows = admin.list("delivery", "/acme");
          return !rows.isEmpty() && status.equals(rows.getLast().get("status"));
        },
        "a delivery that is " + status);
  }

  @Test
  void aHookIsToldOfWhatWasStoredWithBothImages() throws Exception {
    var secret = Trees.required(hook(), "signingSecret");
    var id = Trees.required(create(), "id");
    admin.plain(Operation.PATCH, "networkaccesspolicy", "/acme", id, Map.of("description", "b"));
    admin.plain(Operation.DELETE, "networkaccesspolicy", "/acme", id, Map.of());
    receiver.await(3);

    var update = message("Update");
    assertThat(Json.parseObject(update.body())).containsEntry("type", "io.oarlock.hook.post");
    assertThat(Trees.object(update.data().get("input"))).containsEntry("description", "b");
    assertThat(Trees.object(update.data().get("original"))).doesNotContainKey("description");
    assertThat(message("Create").data()).containsEntry("original", null);
    var headers = new LinkedHashMap<String, List<String>>();
    update.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    new Webhook(secret.substring("whsec_".length()))
        .verify(update.body(), HttpHeaders.of(headers, (_, _) -> true));
    assertThat(message("Delete").data()).containsEntry("targetId", id);
  }

  private Receiver.Message message(String operation) {
    return receiver.messages.stream()
        .filter(each -> operation.equals(each.data().get("operation")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWriteThatWasRefusedIsNotTold() {
    hook();
    assertThatThrownBy(() ->
            admin.create("networkaccesspolicy", "/acme", Map.of("name", "x", "action", "Maybe")))
        .hasMessageContaining("problem");
    create();
    awaitStatus("Delivered");

    assertThat(receiver.messages).hasSize(1);
    assertThat(admin.list("delivery", "/acme")).hasSize(1);
  }

  @Test
  void whatWasNotTakenIsSentAgainUnderTheSameId() {
    hook();
    receiver.answers(500, "not now");
    create();
    receiver.await(1);
    receiver.answers(204, "");
    awaitStatus("Delivered");

    assertThat(receiver.messages)
        .extracting(message -> message.headers().get("webhook-id"))
        .hasSize(2)
        .containsOnly(Trees.required(delivery(), "id"));
    var first = TestPlatform.firstAttempt(delivery());
    assertThat(first)
        .containsEntry("number", 1L)
        .containsEntry("statusCode", 500L)
        .containsEntry("response", "not now")
        .containsKey("latency");
  }

  @Test
  void whatWasLeftAtTheEndIsSentAfterTheNextStart() {
    hook();
    receiver.answers(500, "");
    var id = Trees.required(create(), "id");
    receiver.await(1);
    platform.close();
    receiver.answers(200, "");

    platform = new TestPlatform(directory);
    admin = platform.admin();
    awaitStatus("Delivered");

    assertThat(receiver.messages.getLast().data()).containsEntry("targetId", id);
  }

  @Test
  void anEndpointThatIsGoneDisablesItsHookAndTheMessageCanBeRedriven() {
    hook();
    receiver.answers(410, "");
    create();
    awaitStatus("DeadLettered");
    Waiting.until(
        () -> Boolean.TRUE.equals(admin.get("hookpolicy", "/acme", "name:told").get("disabled")),
        "the hook to be disabled");

    receiver.answers(200, "");
    admin.plain(Operation.PATCH, "hookpolicy", "/acme", "name:told", Map.of("disabled", false));
    redrive(Trees.required(delivery(), "id"));
    awaitStatus("Delivered");

    assertThat(receiver.messages).hasSize(2);
    assertThatThrownBy(() -> redrive(Trees.required(delivery(), "id")))
        .hasMessageContaining("Only a delivery that was given up");
  }

  private void redrive(String id) {
    admin.act("delivery", "/acme", id, "redrive", Map.of());
  }

  @Test
  void aRedirectIsAFailure() {
    hook();
    receiver.answer =
        (request, _) -> {
          request.response().putHeader("location", receiver.url("/elsewhere"));
          Receiver.reply(request, 302, "");
        };
    create();
    receiver.await(2);

    assertThat(receiver.messages).extracting(Receiver.Message::path).containsOnly("/hook");
    assertThat(delivery()).containsEntry("status", "Pending");
  }

  @Test
  void theWaitsGrowFromASecondToEightHours() {
    var now = Instant.parse("2026-11-21T23:50:00Z");
    for (var attempt = 1; attempt <= Retrying.WAITS.size(); attempt++) {
      var plain = Retrying.WAITS.get(attempt - 1).toMillis();
      assertThat(Retrying.after(attempt, Optional.empty(), now).orElseThrow().toMillis())
          .isBetween(plain * 8 / 10, plain * 12 / 10);
    }
    assertThat(Retrying.after(Retrying.WAITS.size() + 1, Optional.empty(), now)).isEmpty();
  }

  @Test
  void anEndpointCanAskForAWait() {
    var now = Instant.parse("2026-11-21T23:50:00Z");

    assertThat(Retrying.asked("120", now)).contains(Duration.ofMinutes(2));
    assertThat(Retrying.asked("Sat, 21 Nov 2026 23:51:00 GMT", now))
        .contains(Duration.ofMinutes(1));
    assertThat(Retrying.asked("0", now)).contains(Duration.ofSeconds(1));
    assertThat(Retrying.asked("999999999", now)).contains(Retrying.ASKED_MAX);
    assertThat(Retrying.asked("soon", now)).isEmpty();
  }
}
