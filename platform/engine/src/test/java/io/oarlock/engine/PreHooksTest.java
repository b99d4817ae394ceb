package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.oarlock.json.Json;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreHooksTest extends HookedPlatform {
  @Test
  void aHookIsToldOfTheWriteAsACloudEvent() {
    hook(Map.of());

    var made = create();

    var message = receiver.messages.getFirst();
    var event = Json.parseObject(message.body());
    assertThat(message.headers().get("content-type")).startsWith("application/cloudevents+json");
    assertThat(event)
        .containsEntry("specversion", "1.0")
        .containsEntry("type", "io.oarlock.hook.pre")
        .containsEntry("id", message.header("webhook-id"));
    assertThat(message.data())
        .containsEntry("operation", "Create")
        .containsEntry("mode", "Pre")
        .containsEntry("namespace", acme)
        .containsEntry("targetType", "networkaccesspolicy")
        .containsEntry("targetId", made.get("id"))
        .containsEntry("original", null)
        .containsEntry("requestId", "request-1");
    assertThat(Trees.object(message.data().get("input"))).containsEntry("name", "web-to-db");
    assertThat(delivery()).containsEntry("status", "Delivered").containsEntry("mode", "Pre");
  }

  @Test
  void theSignatureIsOneOfStandardWebhooks() throws Exception {
    var made = hook(Map.of());
    create();
    var message = receiver.messages.getFirst();
    var headers = new LinkedHashMap<String, List<String>>();
    message.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    var secret = Trees.required(made, "signingSecret");
    var webhook = new Webhook(secret.substring("whsec_".length()));

    assertThatCode(() -> webhook.verify(message.body(), HttpHeaders.of(headers, (_, _) -> true)))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> webhook.verify(message.body() + " ", HttpHeaders.of(headers, (_, _) -> true)))
        .hasMessageContaining("No matching signature");
    assertThat(verifiesV1a(Trees.required(made, "signingPublicKey"), message)).isTrue();
    assertThat(admin.get("hookpolicy", acme, Trees.required(made, "id")))
        .doesNotContainKeys("signingSecret", "signingSecrets", "signingPrivateKey");
  }

  private static boolean verifiesV1a(String publicKey, Receiver.Message message) throws Exception {
    var signature =
        List.of(message.header("webhook-signature").split(" ", -1)).stream()
            .filter(text -> text.startsWith("v1a,"))
            .findFirst()
            .orElseThrow();
    var signed =
        message.header("webhook-id")
            + "."
            + message.header("webhook-timestamp")
            + "."
            + message.body();
    var encoded = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(signed.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
  }

  @Test
  void aRefusalReachesTheCallerInTheHooksOwnWords() {
    hook(Map.of());
    receiver.answers(
        422,
        """
        {"title": "No owner", "detail": "Say who owns it",
         "errors": [{"code": "owner", "detail": "no tag owner", "attribute": "associatedTags"}]}
        """);

    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind().status()).isEqualTo(403);
              assertThat(problem.code()).isEqualTo("hook-refused");
              assertThat(problem.title()).isEqualTo("No owner");
              assertThat(problem.detail()).contains("guard").contains("Say who owns it");
              assertThat(problem.violations().getFirst().pointer()).isEqualTo("/associatedTags");
            });
    assertNothingStored();
    assertThat(delivery()).containsEntry("status", "Refused");
  }

  @Test
  void hooksReplaceTheObjectInOrderOfPriority() {
    hook(Map.of("name", "second", "priority", 20L, "endpoint", receiver.url("/b")));
    hook(Map.of("name", "first", "priority", 10L, "endpoint", receiver.url("/a")));
    receiver.answer =
        (request, message) -> {
          var output = Trees.object(message.data().get("input"));
          output.put("description", Trees.text(output, "description").orElse("") + message.path());
          Receiver.reply(request, 200, Json.text(Map.of("output", output)));
        };

    var made = create();

    assertThat(made).containsEntry("description", "/a/b");
    assertThat(admin.get("networkaccesspolicy", acme, Trees.required(made, "id"))).isEqualTo(made);
  }

  /** Neither is answered before the other has come. */
  @Test
  void hooksThatMayChangeNothingAreAskedAtTheSameTime() {
    hook(Map.of("name", "one", "mayChange", false));
    hook(Map.of("name", "two", "mayChange", false));
    var waiting = new ArrayList<HttpServerRequest>();
    receiver.answer =
        (request, _) -> {
          waiting.add(request);
          if (waiting.size() == 2) {
            waiting.forEach(each -> Receiver.reply(each, 200, "{}"));
          }
        };

    assertThat(create()).containsKey("id");

    receiver.answers(200, "{\"output\": {\"name\": \"x\"}}");
    assertThatThrownBy(this::create)
        .hasMessageContaining("The hook one of " + acme)
        .hasMessageContaining("mayChange is false");
  }

  @Test
  void anIllegalReplacementIsRefusedAndNothingIsStored() {
    hook(Map.of());
    receiver.answers(200, "{\"output\": {\"name\": \"x\", \"action\": \"Maybe\", \"own\": 1}}");

    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo("hook-output-invalid");
              assertThat(problem.kind().status()).isEqualTo(422);
              assertThat(problem.detail()).contains("guard");
            });
    assertNothingStored();
  }

  @Test
  void aHookMayNotRewriteWhatThePlatformWrites() {
    hook(Map.of());
    receiver.answer =
        (request, message) -> {
          var output = Trees.object(message.data().get("input"));
          output.put("id", "mine");
          Receiver.reply(request, 200, Json.text(Map.of("output", output)));
        };

    assertThatThrownBy(this::create).hasMessageContaining("written by the platform");
    assertNothingStored();
  }

  @Test
  void updatesAndDeletionsCarryTheObjectBefore() {
    var id = Trees.required(create(), "id");
    hook(Map.of());

    admin.plain(Operation.PATCH, "networkaccesspolicy", acme, id, Map.of("description", "b"));
    admin.plain(Operation.DELETE, "networkaccesspolicy", acme, id, Map.of());

    var update = receiver.messages.get(0).data();
    var deletion = receiver.messages.get(1).data();
    assertThat(update).containsEntry("operation", "Update");
    assertThat(Trees.object(update.get("original"))).doesNotContainKey("description");
    assertThat(Trees.object(update.get("input"))).containsEntry("description", "b");
    assertThat(deletion).containsEntry("operation", "Delete");
    assertThat(Trees.object(deletion.get("original"))).containsEntry("id", id);
  }

  @Test
  void aChangeThatLeavesTheSubjectIsStillTheHooksBusiness() {
    var body = new LinkedHashMap<String, Object>(POLICY);
    body.put("associatedTags", List.of("env=prod"));
    var id = Trees.required(admin.create("networkaccesspolicy", acme, body), "id");
    hook(Map.of("subject", List.of(List.of("env=prod"))));
    receiver.answers(403, "{\"title\": \"no\"}");

    assertThatThrownBy(() ->
            admin.plain(
                Operation.PATCH,
                "networkaccesspolicy",
                acme,
                id,
                Map.of("associatedTags", List.of())))
        .hasMessageContaining("refused");
  }

  @Test
  void aHookThatDoesNotAnswerInTimeRefusesOrIsPassedBy() {
    var id = Trees.required(hook(Map.of("timeout", "PT0.2S")), "id");
    receiver.answer = (_, _) -> {};

    assertThatThrownBy(this::create)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo("hook-failed"))
        .hasMessageContaining("no answer within");
    assertNothingStored();

    admin.plain(Operation.PATCH, "hookpolicy", acme, id, Map.of("failurePolicy", "Continue"));
    create();

    assertThat(admin.list("networkaccesspolicy", acme)).hasSize(1);
    assertThat(admin.list("delivery", acme))
        .extracting(row -> row.get("status"))
        .containsExactly("Failed", "PassedUnchecked");
  }

  @Test
  void anAnswerThatDripsIsCutAtTheTimeout() {
    hook(Map.of("timeout", "PT0.3S"));
    receiver.drips();

    assertThatThrownBy(this::create).hasMessageContaining("no answer within");
  }

  @Test
  void anAnswerThatIsTooLongOrNoJsonIsAFailure() {
    hook(Map.of());
    receiver.answers(200, "x".repeat(UrlHooks.REPLY_MAX + 1));
    assertThatThrownBy(this::create).hasMessageContaining("more than 262144 bytes");
    receiver.answers(200, "<html>");
    assertThatThrownBy(this::create).hasMessageContaining("no JSON object");
    receiver.answer =
        (request, _) -> {
          request.response().putHeader("location", receiver.url("/elsewhere"));
          Receiver.reply(request, 307, "");
        };
    assertThatThrownBy(this::create).hasMessageContaining("status 307");
    assertNothingStored();
  }

  @Test
  void aServerThatCannotProveItselfIsNotAsked() {
    hook(Map.of("certificateAuthority", otherAuthority()));

    assertThatThrownBy(this::create).hasMessageContaining("no TLS");
    assertThat(receiver.messages).isEmpty();
  }

  private static String otherAuthority() {
    return CertificateAuthority.make("other", java.time.Duration.ofDays(1), java.time.Instant.now())
        .toPem()
        .certificate();
  }

  @Test
  void aHookWhoseEndpointIsDeadCanBeDisabled() {
    var dead = new Receiver(true);
    var subject = List.of(List.of("$type"));
    hook(Map.of("name", "all", "subject", subject, "endpoint", dead.url("/")));
    dead.close();
    assertThatThrownBy(this::create).hasMessageContaining("no connection");

    admin.plain(Operation.PATCH, "hookpolicy", acme, "name:all", Map.of("disabled", true));

    assertThat(create()).containsEntry("name", "web-to-db");
  }

  @Test
  void withoutAnEgressPolicyNobodyIsCalled() {
    admin.create("namespace", "/", Map.of("name", "strict"));

    assertThatThrownBy(() ->
            admin.create(
                "hookpolicy",
                "/strict",
                Map.of(
                    "name",
                    "inside",
                    "subject",
                    List.of(List.of("$type")),
                    "endpoint",
                    receiver.url("/"))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.violations().getFirst().code()).isEqualTo("egress-denied"));
  }

  @Test
  void theGuardIsAskedAgainAtEachCall() {
    hook(Map.of());
    admin.plain(Operation.DELETE, "egresspolicy", acme, "name:local", Map.of());

    assertThatThrownBy(this::create).hasMessageContaining("rule loopback");
    assertThat(receiver.messages).isEmpty();
  }

  @Test
  void aPropagatedHookGuardsTheNamespacesBelow() {
    hook(Map.of("propagate", true));
    receiver.answers(403, "");
    admin.create("namespace", acme, Map.of("name", "prod"));

    assertThatThrownBy(() -> admin.create("networkaccesspolicy", acme + "/prod", POLICY))
        .hasMessageContaining("guard of " + acme + " refused");
    assertThat(admin.create("networkaccesspolicy", "/", POLICY)).containsEntry("namespace", "/");
  }

  @Test
  void aDryRunAsksAndKeepsNothing() {
    hook(Map.of());
    admin.call(
        Operation.CREATE,
        "networkaccesspolicy",
        acme,
        Optional.empty(),
        POLICY,
        Call.Reading.DEFAULT,
        new Call.Writing(Optional.empty(), Optional.empty(), true, false));

    assertThat(receiver.messages.getFirst().data()).containsEntry("dryRun", true);
    assertThat(admin.list("delivery", acme)).isEmpty();
    assertNothingStored();
  }

  @Test
  void aBreakerSparesWritesTheWaitForAHookThatMayBePassedBy() {
    hook(Map.of("failurePolicy", "Continue"));
    receiver.answers(500, "");

    for (var i = 0; i <= Breakers.FAILURES_MAX; i++) {
      create();
    }

    assertThat(receiver.messages).hasSize(Breakers.FAILURES_MAX);
    var last = TestPlatform.firstAttempt(delivery());
    assertThat(delivery()).containsEntry("status", "PassedUnchecked");
    assertThat(Trees.required(last, "error")).contains("not asked");
  }
}
