package io.oarlock.demo;

import io.oarlock.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;

/** A server outside the platform that refuses and completes what users write. */
final class PreHook implements Step {
  private static final String NAME = "policies-need-an-owner";
  private static final String TYPE = "networkaccesspolicies";

  @Override
  public String story() {
    return "prehook";
  }

  @Override
  public String title() {
    return "A Pre hook: your own HTTPS server has a say in every write";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var receiver = scene.keep(new HookReceiver());
    scene.narrator.say(
        "A server of our own listens at " + receiver.url() + ", with a certificate of its own CA.");
    scene.narrator.say(
        "The platform refuses to call loopback and private addresses, so that nobody can use it to "
            + "reach what it alone can reach. An egress policy opens 127.0.0.0/8 in this namespace "
            + "only.");
    scene.create(
        scene.root,
        "egresspolicies",
        Trees.of("name", "local-receivers", "allow", List.of("127.0.0.0/8"), "propagate", true));
    var namespace = scene.in("b");
    var hook = hook(scene, receiver);
    receiver.expectSignaturesOf(Trees.text(hook, "signingSecret"));
    checkForgery(scene, receiver);
    checkRefusal(scene, namespace);
    checkDefault(scene, namespace);
    checkUntouched(scene, namespace);
    scene.narrator.check(
        receiver.verified() == 3 && receiver.forged() == 1,
        "the server has verified every message of the platform by its signature",
        receiver.verified() + " signed well, " + receiver.forged() + " forged (ours)");
  }

  private static java.util.Map<String, Object> hook(Scene scene, HookReceiver receiver)
      throws IOException, InterruptedException {
    var body =
        Trees.of(
            "name",
            NAME,
            "subject",
            List.of(List.of("$type=networkaccesspolicy")),
            "triggerOperations",
            List.of("Create", "Update"),
            "mode",
            "Pre",
            "endpointType",
            "URL",
            "endpoint",
            receiver.url().toString(),
            "failurePolicy",
            "Fail",
            "timeout",
            "PT5S",
            "propagate",
            true,
            "certificateAuthority",
            receiver.authorityPem());
    var hook = scene.create(scene.in("b"), "hookpolicies", body);
    var isSecret = Trees.text(hook, "signingSecret").startsWith("whsec_");
    scene.narrator.check(
        isSecret,
        "the answer carries the signing secret, once",
        isSecret ? "whsec_…" : "no signingSecret in the answer");
    if (!isSecret) {
      throw new SurpriseException("without a signing secret no message can be verified");
    }
    return hook;
  }

  private static void checkForgery(Scene scene, HookReceiver receiver)
      throws IOException, InterruptedException {
    try (var http =
        HttpClient.newBuilder().sslContext(Trust.trusting(receiver.authorityPem())).build()) {
      var request =
          HttpRequest.newBuilder(receiver.url())
              .header("webhook-id", "forged")
              .header("webhook-timestamp", Long.toString(Instant.now().getEpochSecond()))
              .header("webhook-signature", "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
              .POST(BodyPublishers.ofString("{\"data\":{}}"))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      scene.narrator.check(
          answer.statusCode() == 401,
          "a message that we sign wrongly ourselves is turned away by the server",
          answer.statusCode() + " " + answer.body());
    }
  }

  private static void checkRefusal(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var policy = Scene.policy("nobodys-policy");
    scene.narrator.act("POST /v1/" + TYPE + " in " + namespace + "  " + Json.text(policy));
    var answer = scene.admin.post(namespace, TYPE, policy);
    var detail = answer.status() == 201 ? "" : answer.text("detail");
    scene.narrator.check(
        answer.status() == 403
            && answer.text("code").equals("hook-refused")
            && detail.contains(HookReceiver.WORDS)
            && detail.contains(NAME),
        "a policy without an owner is refused, in the server's own words, by the hook's name",
        answer.summary());
    var stored = scene.admin.get(namespace, TYPE + "/name:nobodys-policy");
    scene.narrator.check(stored.status() == 404, "and nothing of it is stored", stored.summary());
  }

  private static void checkDefault(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var made = scene.create(namespace, TYPE, Scene.policy("owned", "owner=payments"));
    var stored = scene.admin.get(namespace, TYPE + "/name:owned").object();
    var tags = Trees.texts(stored.get("associatedTags"));
    scene.narrator.check(
        tags.contains(HookReceiver.DEFAULT_TAG)
            && tags.contains("owner=payments")
            && tags.equals(Trees.texts(made.get("associatedTags"))),
        "one with an owner is stored, and the server has added the default tag",
        "associatedTags " + tags);
  }

  private static void checkUntouched(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var policy = Scene.policy("reviewed", "owner=payments", "reviewed=2026-11-22");
    var tags = Trees.texts(scene.create(namespace, TYPE, policy).get("associatedTags"));
    scene.narrator.check(
        tags.size() == 2 && !tags.contains(HookReceiver.DEFAULT_TAG),
        "one that was reviewed is stored as it was sent",
        "associatedTags " + tags);
  }
}
