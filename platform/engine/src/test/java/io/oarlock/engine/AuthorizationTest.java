package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationTest {
  private static final String PASSWORD = "a long password";

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;
  private TestPlatform.Caller bob;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
    admin.create("namespace", "/", Map.of("name", "acme"));
    admin.create("namespace", "/acme", Map.of("name", "a"));
    admin.create("namespace", "/acme", Map.of("name", "b"));
    admin.create("account", "/", Map.of("name", "bob", "password", PASSWORD));
    grant("/acme/a", List.of("@auth:role=namespace.administrator"));
    bob = platform.as(platform.token("bob", PASSWORD, Map.of()));
  }

  private void grant(String namespace, List<String> authorized) {
    admin.create(
        "apiauthorizationpolicy",
        namespace,
        Map.of(
            "name",
            "bob",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=bob")),
            "authorizedIdentities",
            authorized,
            "authorizedNamespace",
            namespace));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void aUserOfOneChildCannotSeeOrWriteItsSibling() {
    var secret =
        admin.create(
            "externalnetwork", "/acme/b", Map.of("name", "n", "entries", List.of("10.0.0.0/8")));
    bob.create("externalnetwork", "/acme/a", Map.of("name", "m", "entries", List.of("10.0.0.0/8")));

    refused("forbidden", () -> bob.list("externalnetwork", "/acme/b"));
    refused("forbidden", () -> bob.list("externalnetwork", "/acme"));
    refused("not-found", () -> bob.get("externalnetwork", "/acme/a", Trees.required(secret, "id")));
  }

  @Test
  void nobodyHandsOutMoreThanTheyHold() {
    grant("/acme/b", List.of("apiauthorizationpolicy:create,get", "networkaccesspolicy:get"));

    refused(
        "grants-too-much",
        () ->
            bob.create(
                "apiauthorizationpolicy",
                "/acme/b",
                Map.of(
                    "name",
                    "more",
                    "subject",
                    List.of(List.of("@auth:realm=account", "@auth:account=bob")),
                    "authorizedIdentities",
                    List.of("automation:create"),
                    "authorizedNamespace",
                    "/acme/b")));
  }

  @Test
  void aTokenOnlyNarrows() {
    var token =
        platform.token(
            "bob", PASSWORD, Map.of("restrictedPermissions", List.of("externalnetwork:get,list")));
    var narrowed = platform.as(token);

    narrowed.list("externalnetwork", "/acme/a");
    refused("forbidden", () -> narrowed.list("automation", "/acme/a"));
    refused(
        "cannot-widen",
        () ->
            platform.issue(
                Map.of(
                    "realm", "Token",
                    "metadata", Map.of("token", token),
                    "restrictedPermissions", List.of("automation:get"))));
  }

  @Test
  void aRevokedTokenIsRefused() {
    var id =
        platform.engine.authenticate(bob.token(), TestPlatform.origin()).tokenId().orElseThrow();
    admin.create("revocation", "/", Map.of("tokenId", id));

    refused("token-revoked", () -> bob.list("externalnetwork", "/acme/a"));
  }

  @Test
  void aTokenOfAnotherAlgorithmIsRefused() {
    var parts = bob.token().split("\\.", -1);
    var none =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    refused("token-invalid", () -> platform.as(none + "." + parts[1] + ".").list("run", "/"));
    refused(
        "token-invalid",
        () ->
            platform
                .as(parts[0] + "." + parts[1] + ".AAAA" + parts[2].substring(4))
                .list("run", "/"));
  }

  @Test
  void wrongPasswordsLockTheAccount() {
    for (var i = 0; i < AccountRealm.FAILURES_MAX; i++) {
      refused("wrong-credentials", () -> platform.token("bob", "wrong password", Map.of()));
    }

    refused("locked-out", () -> platform.token("bob", PASSWORD, Map.of()));
  }

  @Test
  void anAppCredentialSignsInWithItsKeyAndStaysInItsNamespace() throws Exception {
    var made =
        admin.create(
            "appcredential",
            "/acme/a",
            Map.of("name", "robot", "roles", List.of("externalnetwork:get,list")));
    var credentials = Trees.object(made.get("credentials"));

    var robot = platform.as(TestCredentials.signIn(platform, credentials));

    assertThat(robot.list("externalnetwork", "/acme/a")).isEmpty();
    refused("forbidden", () -> robot.list("externalnetwork", "/acme/b"));
    refused("forbidden", () -> robot.list("automation", "/acme/a"));
    var read = admin.get("appcredential", "/acme/a", Trees.required(made, "id"));
    assertThat(read.toString()).doesNotContain("PRIVATE KEY");
  }

  private static void refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
