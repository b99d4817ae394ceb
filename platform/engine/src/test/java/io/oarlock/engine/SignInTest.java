package io.oarlock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
  private static final String PASSWORD = "a long password";

  @TempDir private Path directory;
  private TestPlatform platform;
  private TestPlatform.Caller admin;

  @BeforeEach
  void start() {
    platform = new TestPlatform(directory);
    admin = platform.admin();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  /** RFC 6238, appendix B: the SHA-1 rows, cut to six digits. */
  @Test
  void oneTimePasswordsAreThoseOfTheStandard() {
    var secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    assertThat(Totp.code(secret, 59 / 30)).isEqualTo("287082");
    assertThat(Totp.code(secret, 1_111_111_109 / 30)).isEqualTo("081804");
    assertThat(Totp.code(secret, 20_000_000_000L / 30)).isEqualTo("353130");
  }

  @Test
  void anAccountWithOneTimePasswordsTakesEachOnce() {
    var made =
        admin.create(
            "account", "/", Map.of("name", "eve", "password", PASSWORD, "otpEnabled", true));
    var uri = Trees.required(made, "otpUri");
    var secret = uri.replaceAll(".*secret=([A-Z2-7]+).*", "$1");
    var code = Totp.code(secret, Instant.now().getEpochSecond() / 30);

    refused("otp-required", () -> platform.token("eve", PASSWORD, Map.of()));
    signIn("eve", code);
    refused("wrong-credentials", () -> signIn("eve", code));
    assertThat(admin.get("account", "/", "name:eve").toString()).doesNotContain(secret);
  }

  private void signIn(String account, String code) {
    platform.issue(
        Map.of(
            "realm",
            "Account",
            "metadata",
            Map.of("account", account, "password", PASSWORD, "otp", code)));
  }

  @Test
  void aTokenLivesAtLeastAsLongAsWasAskedFor() {
    var before = Instant.now();

    var end = Trees.instant(issued("PT1S"), "expiresAt").orElseThrow();

    assertThat(end).isBetween(before.plusSeconds(1), Instant.now().plusSeconds(2));
  }

  @Test
  void aTokenOfATokenEndsWithIt() {
    var source = issued("PT1M");

    var proof = Map.of("token", Trees.required(source, "token"));
    var narrower = platform.issue(Map.of("realm", "Token", "metadata", proof, "validity", "PT1H"));

    assertThat(narrower).containsEntry("expiresAt", source.get("expiresAt"));
  }

  private Map<String, Object> issued(String validity) {
    var proof = Map.of("account", "admin", "password", TestPlatform.ADMIN_PASSWORD);
    return platform.issue(Map.of("realm", "Account", "metadata", proof, "validity", validity));
  }

  @Test
  void theNameOfAnAccountIsFreeAgainWhenItsNamespaceIsGone() {
    var namespace = Map.<String, Object>of("name", "acme");
    var eve = Map.<String, Object>of("name", "eve", "password", PASSWORD);
    var made = admin.create("namespace", "/", namespace);
    admin.create("account", "/acme", eve);
    refused("not-unique", () -> admin.create("account", "/", eve));

    admin.plain(Operation.DELETE, "namespace", "/", Trees.required(made, "id"), Map.of());
    admin.create("account", "/", eve);

    assertThat(platform.token("eve", PASSWORD, Map.of())).isNotEmpty();
  }

  @Test
  void deletingASessionRevokesItsToken() {
    admin.create("account", "/", Map.of("name", "bob", "password", PASSWORD));
    var token = platform.token("bob", PASSWORD, Map.of());
    var id = platform.engine.authenticate(token, TestPlatform.origin()).tokenId().orElseThrow();

    admin.plain(Operation.DELETE, "session", "/", id, Map.of());

    refused("token-revoked", () -> platform.engine.authenticate(token, TestPlatform.origin()));
  }

  private static void refused(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }
}
