package io.oarlock.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.json.Json;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform refuses, over the network: with a reason, and with nothing half done. */
@ExtendWith(SharedProgram.class)
class RefusalTest {
  private static final String POLICIES = "networkaccesspolicies";

  private final Caller admin;
  private String namespace = "";
  private String namespaceId = "";

  RefusalTest(Program program) throws Exception {
    admin = program.admin();
  }

  @BeforeEach
  void makeANamespace() throws Exception {
    var made = admin.create("/", "namespaces", Map.of("name", "refusals"));
    namespace = made.text("name");
    namespaceId = made.text("id");
  }

  @AfterEach
  void nothingIsLeftHalfDone() throws Exception {
    admin.delete("/", "namespaces/" + namespaceId).expect(204);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\":\"a\",\"subjekt\":[]}|422|validation|Did you mean \"subject\"?",
        "{\"name\":\"a\",\"action\":\"Alow\"}|422|validation|Did you mean \"Allow\"?",
        "{\"name\":\"a\",\"action\":7}|422|validation|/action",
        "{\"name\":\"a\",\"subject\":[[\"a b\"]]}|422|validation|/subject/0/0",
        "{\"name\":\"a\\u0007\"}|422|validation|U+0007",
        "{\"subject\":[]}|422|validation|name is required",
        "{\"name\":\"a\",\"name\":\"b\"}|400|malformed-json|Duplicate field 'name'",
        "{\"name\":\"a\",\"__proto__\":{}}|400|malformed-json|__proto__",
        "{\"name\":\"a\"|400|malformed-json|line 1",
        "[]|400|malformed-json|object",
      })
  void aBodyThatMakesNoSenseIsRefused(String body, int status, String code, String said)
      throws Exception {
    assertThat(admin.post(namespace, POLICIES, body).expect(status, code).body())
        .contains(Json.text(said).substring(1, Json.text(said).length() - 1));
    assertThat(admin.get(namespace, POLICIES).list()).isEmpty();
  }

  @Test
  void allMistakesAreToldAtOnce() throws Exception {
    var body = "{\"subjekt\":[],\"action\":\"Alow\",\"ports\":[\"tcp/99999\"]}";
    var reply = admin.post(namespace, POLICIES, body).expect(422, "validation");
    assertThat((List<?>) reply.object().get("errors")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "networkaccespolicies|404|unknown-type|networkaccesspolicies",
        "networkaccesspolicies?recursiv=true|400|unknown-parameter|Did you mean \"recursive\"?",
        "networkaccesspolicies?q=name%20==%20|400|bad-filter|Column 9",
        "networkaccesspolicies?q=nam%20==%20%22x%22|400|bad-filter|Did you mean \"name\"?",
        "networkaccesspolicies?limit=0|400|not-a-number|limit",
        "networkaccesspolicies?after=x|400|malformed|after",
      })
  void aQuestionThatMakesNoSenseIsRefused(String path, int status, String code, String said)
      throws Exception {
    assertThat(admin.get(namespace, path).expect(status, code).body())
        .contains(said.replace("\"", "\\\""));
  }

  @Test
  void aBodyTooLargeOrTooDeepIsRefused() throws Exception {
    var large = "{\"name\":\"" + "a".repeat(10 * 1024 * 1024) + "\"}";
    admin.post(namespace, POLICIES, large).expect(413, "too-large");
    var deep = "{\"name\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    admin.post(namespace, POLICIES, deep).expect(400, "malformed-json");
  }

  @Test
  void aNamespaceThatIsNotThereIsNamed() throws Exception {
    var typo = namespace.substring(0, namespace.length() - 1);
    assertThat(admin.get(typo, POLICIES).expect(404, "not-found").text("detail"))
        .contains("There is no namespace " + typo);
  }

  @Test
  void aBadScheduleIsRefusedWithTheRule() throws Exception {
    var automation =
        Map.of(
            "name",
            "a",
            "trigger",
            Map.of("kind", "OnSchedule", "cron", "61 * * * *"),
            "source",
            "export default async function (ctx) {}");
    var reply = admin.post(namespace, "automations", Json.text(automation)).expect(422);
    assertThat(reply.firstError().get("pointer")).isEqualTo("/trigger/cron");
  }

  @Test
  void aSyntaxErrorIsRefusedWithLineAndColumn() throws Exception {
    var source = "export default async function (ctx) {\n  return 1 +;\n}";
    var automation = Map.of("name", "a", "trigger", Map.of("kind", "OnCall"), "source", source);
    var reply = admin.post(namespace, "automations", Json.text(automation)).expect(422);
    assertThat(reply.firstError().get("pointer")).isEqualTo("/source");
    assertThat(reply.text("detail")).contains("line 2, column 13");
    assertThat(admin.get(namespace, "automations").list()).isEmpty();
  }

  @Test
  void aStaleChangeIsRefused() throws Exception {
    var id = admin.create(namespace, POLICIES, Map.of("name", "a")).text("id");
    var change =
        admin
            .request(namespace, POLICIES + "/" + id)
            .header("If-Match", "\"7\"")
            .method("PATCH", BodyPublishers.ofString("{\"action\":\"Reject\"}"));
    admin.send(change).expect(412, "stale");
    assertThat(admin.get(namespace, POLICIES + "/" + id).text("action")).isEqualTo("Allow");
  }

  @Test
  void twoSpellingsOfOneNameAreOneName() throws Exception {
    admin.create(namespace, POLICIES, Map.of("name", "caf\u00e9"));
    admin.create(namespace, POLICIES, Map.of("name", "cafe\u0301"));
    for (var name : List.of("caf\u00e9", "cafe\u0301")) {
      var filter = URLEncoder.encode("name == \"" + name + "\"", StandardCharsets.UTF_8);
      assertThat(admin.get(namespace, POLICIES + "?q=" + filter).expect(200).list()).hasSize(2);
    }
  }

  @Test
  void aTokenWithoutSignatureIsRefused() throws Exception {
    var claims = admin.token().split("\\.", -1)[1];
    var header = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");
    admin.with(header + "." + claims + ".").get("/", "namespaces").expect(401, "token-invalid");
  }

  @Test
  void aTokenWithOtherClaimsIsRefused() throws Exception {
    var parts = admin.token().split("\\.", -1);
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var forged = base64(claims.replace("account=admin", "account=owner"));
    admin
        .with(parts[0] + "." + forged + "." + parts[2])
        .get("/", "namespaces")
        .expect(401, "token-invalid");
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aTokenExpires() throws Exception {
    var brief = admin.narrowed(Map.of("validity", "PT1S"));
    var reply = brief.get("/", "namespaces");
    var end = System.nanoTime() + 30_000_000_000L;
    while (reply.status() == 200 && System.nanoTime() < end) {
      reply = brief.get("/", "namespaces");
    }
    reply.expect(401, "token-expired");
  }

  @Test
  void aNarrowedTokenDoesWhatItSaysAndNoMore() throws Exception {
    admin.create(namespace, "namespaces", Map.of("name", "child"));
    var child = namespace + "/child";
    var reader =
        admin.narrowed(
            Map.of(
                "restrictedNamespace",
                child,
                "restrictedPermissions",
                List.of("networkaccesspolicy:get,list")));
    reader.get(child, POLICIES).expect(200);
    reader.get(namespace, POLICIES).expect(403, "forbidden");
    reader.post(child, POLICIES, "{\"name\":\"a\"}").expect(403, "forbidden");
    reader.get(child, "automations").expect(403, "forbidden");
  }

  @Test
  void nobodyGrantsMoreThanTheyHold() throws Exception {
    var limited =
        admin.narrowed(
            Map.of(
                "restrictedPermissions",
                List.of("apiauthorizationpolicy:get,list,create", "networkaccesspolicy:get")));
    limited.post(namespace, "apiauthorizationpolicies", grant("*:*")).expect(403);
    limited
        .post(namespace, "apiauthorizationpolicies", grant("networkaccesspolicy:get"))
        .expect(201);
  }

  private String grant(String permission) {
    return Json.text(
        Map.of(
            "name",
            "grant",
            "subject",
            List.of(List.of("@auth:realm=account", "@auth:account=bob")),
            "authorizedIdentities",
            List.of(permission),
            "authorizedNamespace",
            namespace));
  }

  @Test
  void theIdOfAnotherTenantIsLikeAnIdNobodyHas() throws Exception {
    admin.create(namespace, "namespaces", Map.of("name", "mine"));
    admin.create(namespace, "namespaces", Map.of("name", "theirs"));
    var id = admin.create(namespace + "/theirs", POLICIES, Map.of("name", "a")).text("id");
    var tenant = admin.narrowed(Map.of("restrictedNamespace", namespace + "/mine"));
    var theirs = tenant.get(namespace + "/mine", POLICIES + "/" + id).expect(404, "not-found");
    var other = "0".repeat(id.length());
    var nobodys = tenant.get(namespace + "/mine", POLICIES + "/" + other).expect(404, "not-found");
    assertThat(theirs.text("detail").replace(id, ""))
        .isEqualTo(nobodys.text("detail").replace(other, ""));
  }
}
