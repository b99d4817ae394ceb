package io.oarlock.demo;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** A user limited to one child of a namespace, who neither sees nor writes its sibling. */
final class Tenancy implements Step {
  private static final int PASSWORD_BYTES = 12;

  @Override
  public String story() {
    return "tenancy";
  }

  @Override
  public String title() {
    return "A namespace with children, and a user who is limited to one of them";
  }

  @Override
  public void play(Scene scene) throws IOException, InterruptedException {
    var mine = scene.in("a");
    var sibling = scene.in("b");
    scene.create(sibling, "networkaccesspolicies", Scene.policy("secret-plans", "owner=b"));
    var secret = scene.admin.get(sibling, "networkaccesspolicies/name:secret-plans").text("id");
    var alice = user(scene, mine);
    seesHerOwn(scene, alice, mine);
    seesNoSibling(scene, alice, mine, sibling, secret);
    writesNoSibling(scene, alice, sibling, secret);
  }

  private static Client user(Scene scene, String namespace)
      throws IOException, InterruptedException {
    var name = "alice-" + scene.suffix;
    var random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    var password = HexFormat.of().formatHex(random);
    scene.narrator.act("POST /v1/accounts in " + scene.root + "  " + name);
    var account =
        scene.admin.post(scene.root, "accounts", Trees.of("name", name, "password", password));
    if (account.status() != 201) {
      throw new SurpriseException("creating the account: " + account.summary());
    }
    scene.create(
        scene.root,
        "apiauthorizationpolicies",
        Trees.of(
            "name",
            "alice-in-a",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=" + name)),
            "authorizedIdentities",
            List.of("@role=namespace.administrator"),
            "authorizedNamespace",
            namespace));
    return scene.admin.as(name, password);
  }

  private static void seesHerOwn(Scene scene, Client alice, String mine)
      throws IOException, InterruptedException {
    var made = alice.post(mine, "networkaccesspolicies", Scene.policy("web-to-db", "owner=alice"));
    scene.narrator.check(made.status() == 201, "alice writes a policy in " + mine, made.summary());
    var seen = alice.get(mine, "networkaccesspolicies");
    scene.narrator.check(
        seen.status() == 200 && names(seen).equals(List.of("web-to-db")),
        "and reads it there",
        seen.status() == 200 ? "200 " + names(seen) : seen.summary());
  }

  private static void seesNoSibling(
      Scene scene, Client alice, String mine, String sibling, String secret)
      throws IOException, InterruptedException {
    var list = alice.get(sibling, "networkaccesspolicies");
    scene.narrator.check(
        list.status() == 403, "she may not list those of " + sibling, list.summary());
    var above = alice.get(scene.root, "networkaccesspolicies?recursive=true");
    scene.narrator.check(
        above.status() == 403, "nor look down on both from " + scene.root, above.summary());
    var known = alice.get(mine, "networkaccesspolicies/" + secret);
    var unknown = alice.get(mine, "networkaccesspolicies/" + "0".repeat(secret.length()));
    scene.narrator.check(
        known.status() == 404 && unknown.status() == 404,
        "the id of a policy of the sibling is answered like an id that nobody has",
        known.status() + " and " + unknown.status());
  }

  private static void writesNoSibling(Scene scene, Client alice, String sibling, String secret)
      throws IOException, InterruptedException {
    var made = alice.post(sibling, "networkaccesspolicies", Scene.policy("mole", "owner=alice"));
    scene.narrator.check(made.status() == 403, "she cannot write there", made.summary());
    var gone = alice.delete(sibling, "networkaccesspolicies/" + secret);
    var left = scene.admin.get(sibling, "networkaccesspolicies");
    scene.narrator.check(
        gone.status() == 403 && names(left).equals(List.of("secret-plans")),
        "nor delete; the administrator still finds it there, and nothing else",
        gone.status() + ", " + names(left));
  }

  private static List<String> names(Answer answer) {
    return answer.list().stream().map(each -> Trees.text(each, "name")).toList();
  }
}
