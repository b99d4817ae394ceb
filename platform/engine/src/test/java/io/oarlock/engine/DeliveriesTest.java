package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** What becomes of messages when endpoints are slow, dead, gone and back. */
class DeliveriesTest extends HookedPlatform {
  private Map<String, Object> told(Map<String, Object> more) {
    var body = new HashMap<String, Object>(Map.of("name", "told", "mode", "Post"));
    body.putAll(more);
    return hook(body);
  }

  private List<Map<String, Object>> deliveries(String status) {
    return admin.list("delivery", acme).stream()
        .filter(row -> status.equals(row.get("status")))
        .toList();
  }

  private void await(String status, int count) {
    Waiting.until(
        () -> deliveries(status).size() == count, count + " deliveries that are " + status);
  }

  private void update(String id, int number) {
    admin.plain(
        Operation.PATCH,
        "networkaccesspolicy",
        acme,
        id,
        Map.of("description", String.valueOf(number)));
  }

  @Test
  void anEndpointThatHangsHoldsUpNobodyElse() {
    told(Map.of("name", "hangs", "endpoint", receiver.url("/hangs"), "timeout", "PT30S"));
    told(Map.of("name", "answers", "endpoint", receiver.url("/answers")));
    receiver.answer =
        (request, message) -> {
          if (message.path().equals("/answers")) {
            Receiver.reply(request, 200, "");
          }
        };
    for (var i = 0; i < 40; i++) {
      create();
    }

    await("Delivered", 40);
    assertThat(deliveries("Pending"))
        .hasSize(40)
        .allSatisfy(row -> assertThat(row).containsEntry("sourceName", "hangs"));
  }

  @Test
  void messagesAboutOneResourceArriveInOrderWhereThatIsAsked() {
    told(Map.of("ordering", "Resource"));
    var failed = ConcurrentHashMap.<String>newKeySet();
    var taken = new ConcurrentHashMap<String, List<String>>();
    receiver.answer =
        (request, message) -> {
          var isNew = failed.size() < 2 && failed.add(message.header("webhook-id"));
          if (!isNew) {
            var input = Trees.object(message.data().get("input"));
            taken
                .computeIfAbsent(Trees.required(input, "id"), _ -> new ArrayList<>())
                .add(String.valueOf(input.get("description")));
          }
          Receiver.reply(request, isNew ? 500 : 200, "");
        };
    var first = Trees.required(create(), "id");
    var second = Trees.required(create(), "id");
    for (var i = 1; i <= 8; i++) {
      update(first, i);
      update(second, i);
    }

    await("Delivered", 18);
    assertThat(failed).hasSize(2);
    assertThat(taken.values())
        .hasSize(2)
        .allSatisfy(numbers ->
            assertThat(numbers).containsExactly("null", "1", "2", "3", "4", "5", "6", "7", "8"));
  }

  @Test
  void whatWasGivenUpIsSentAgainTogetherWithItsProgress() {
    told(Map.of());
    receiver.answers(410, "");
    create();
    await("DeadLettered", 1);
    Waiting.until(
        () -> Boolean.TRUE.equals(admin.get("hookpolicy", acme, "name:told").get("disabled")),
        "the hook to be disabled");
    for (var i = 0; i < 4; i++) {
      create();
    }
    assertThat(alarm("hook:gone")).containsEntry("status", "Open");
    receiver.answers(200, "");
    admin.plain(Operation.PATCH, "hookpolicy", acme, "name:told", Map.of("disabled", false));

    var redrive = admin.create("redrive", acme, Map.of("source", "name:told"));
    var id = Trees.required(redrive, "id");
    Waiting.until(
        () -> "Done".equals(admin.get("redrive", acme, id).get("progress")), "the redrive");

    assertThat(admin.get("redrive", acme, id))
        .containsEntry("total", 1L)
        .containsEntry("redriven", 1L)
        .containsEntry("waiting", 0L)
        .containsKey("doneAt");
    assertThat(deliveries("Delivered"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("redrive", id));
    assertThatThrownBy(() -> admin.create("redrive", acme, Map.of("source", "name:nobody")))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.violations().getFirst().code()).isEqualTo("no-hook"));
  }

  @Test
  void aDeliveredMessageIsReplayedUnderItsId() {
    told(Map.of());
    create();
    await("Delivered", 1);
    var id = Trees.required(delivery(), "id");

    admin.act("delivery", acme, id, "replay", Map.of());
    receiver.await(2);

    assertThat(receiver.messages)
        .extracting(message -> message.header("webhook-id"))
        .containsExactly(id, id);
  }

  @Test
  void whatPassedUncheckedIsAskedAboutWhenTheHookIsBack() {
    var hook = Trees.required(hook(Map.of("failurePolicy", "Continue")), "id");
    receiver.answers(500, "");
    for (var i = 0; i < Breakers.FAILURES_MAX + 2; i++) {
      create();
    }
    assertThat(breaker(hook))
        .containsEntry("state", "Open")
        .containsEntry("passedUnchecked", (long) Breakers.FAILURES_MAX + 2);
    assertThat(alarm("hook:breaker-open"))
        .containsEntry("status", "Open")
        .containsEntry("count", 1L);

    receiver.answers(403, "{\"title\": \"No owner\", \"detail\": \"it has no owner\"}");
    Waiting.until(
        () -> {
          assertThatThrownBy(this::createOrPass).isInstanceOf(Problem.class);
          return "Closed".equals(breaker(hook).get("state"));
        },
        "the breaker to close");

    Waiting.until(() -> deliveries("PassedUnchecked").isEmpty(), "all to be looked at");
    assertThat(deliveries("RefusedLater")).hasSizeGreaterThanOrEqualTo(Breakers.FAILURES_MAX + 2);
    assertThat(alarm("hook:breaker-open")).containsEntry("status", "Resolved");
    Waiting.until(
        () ->
            Trees.text(alarm("hook:passed-unchecked"), "content").orElse("").contains("web-to-db"),
        "the alarm that names what was refused");
  }

  /** Refused as soon as the hook is asked again. */
  private void createOrPass() {
    create();
    throw Problem.conflict("passed", "The hook was not asked yet");
  }

  private Map<String, Object> breaker(String hook) {
    return Trees.object(admin.get("hookpolicy", acme, hook).get("breaker"));
  }

  private Map<String, Object> alarm(String kind) {
    return admin.list("alarm", acme).stream()
        .filter(found -> kind.equals(found.get("kind")))
        .findFirst()
        .orElse(Map.of());
  }

  @Test
  void aDeadHookOfTheRootThatMustAllowEverythingIsTurnedOffLikeAnyOther() {
    admin.create("egresspolicy", "/", Map.of("name", "dead", "allow", List.of("127.0.0.0/8")));
    var everything = new HashMap<String, Object>();
    everything.put("name", "dead");
    everything.put("propagate", true);
    everything.put("subject", List.of(List.of("$type"), List.of("!$type")));
    everything.put("endpoint", "https://127.0.0.1:1/");
    var id = Trees.required(admin.create("hookpolicy", "/", everything), "id");
    assertThatThrownBy(this::create).hasMessageContaining("gave no answer");
    assertThatThrownBy(() -> admin.create("namespace", "/", Map.of("name", "never")))
        .hasMessageContaining("gave no answer");

    admin.plain(Operation.PATCH, "hookpolicy", "/", id, Map.of("disabled", true));
    create();
    admin.plain(Operation.DELETE, "hookpolicy", "/", id, Map.of());
  }

  @Test
  void bothSecretsSignWhileOneReplacesTheOther() throws Exception {
    var made = told(Map.of());
    var rotated = admin.act("hookpolicy", acme, "name:told", "rotate", Map.of("overlap", "PT1H"));
    create();
    receiver.await(1);

    for (var answer : List.of(made, rotated)) {
      verify(Trees.required(answer, "signingSecret"), receiver.messages.getFirst());
    }
    var last = admin.act("hookpolicy", acme, "name:told", "rotate", Map.of("overlap", "PT0S"));
    receiver.forget();
    create();
    receiver.await(1);
    verify(Trees.required(last, "signingSecret"), receiver.messages.getFirst());
    assertThatThrownBy(
            () -> verify(Trees.required(rotated, "signingSecret"), receiver.messages.getFirst()))
        .hasMessageContaining("No matching signature");
  }

  private static void verify(String secret, Receiver.Message message) throws Exception {
    var headers = new HashMap<String, List<String>>();
    message.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    new Webhook(secret.substring("whsec_".length()))
        .verify(message.body(), HttpHeaders.of(headers, (_, _) -> true));
  }

  @Test
  void aHookShowsItsCertificateToAnEndpointThatAsksForOne() {
    try (var strict = new Receiver(true, true)) {
      var client = strict.client();
      told(
          Map.of(
              "name",
              "nobody",
              "endpoint",
              strict.url("/"),
              "certificateAuthority",
              strict.authorities()));
      told(
          Map.of(
              "name",
              "known",
              "endpoint",
              strict.url("/"),
              "certificateAuthority",
              strict.authorities(),
              "clientCertificate",
              client.certificate(),
              "clientCertificateKey",
              client.key()));
      create();

      await("Delivered", 1);
      assertThat(deliveries("Delivered").getFirst()).containsEntry("sourceName", "known");
      assertThat(deliveries("Pending").getFirst()).containsEntry("sourceName", "nobody");
    }
  }

  @Test
  void theSameAlarmAgainIsAnOccurrenceUntilItIsResolved() {
    var alarm = Map.<String, Object>of("name", "flow", "kind", "flow:rejected", "content", "web");
    var id = Trees.required(admin.create("alarm", acme, alarm), "id");
    admin.act("alarm", acme, id, "acknowledge", Map.of());

    assertThat(admin.create("alarm", acme, alarm))
        .containsEntry("id", id)
        .containsEntry("count", 2L)
        .containsEntry("status", "Acknowledged");
    admin.act("alarm", acme, id, "resolve", Map.of());
    assertThat(Trees.required(admin.create("alarm", acme, alarm), "id")).isNotEqualTo(id);
    assertThat(admin.list("alarm", acme)).hasSize(2);
  }
}
