package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The edge before the real engine, on the real types and an embedded store. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineTest {
  private RealHarbour harbour;

  @BeforeAll
  void open(@TempDir Path directory) throws Exception {
    harbour = new RealHarbour(directory);
    harbour.as(harbour.login("admin", RealHarbour.PASSWORD));
    assertThat(harbour.post("/v1/namespaces", "{\"name\":\"acme\"}").statusCode()).isEqualTo(201);
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
  }

  @Test
  void aPolicyGoesItsWholeWay() throws Exception {
    var created =
        harbour.post(
            "/v1/networkaccesspolicies?namespace=/acme",
            """
            {"name":"web-to-db","subject":[["app=web"]],"object":[["app=db"]],"action":"Allow"}
            """);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    var at = created.headers().firstValue("Location").orElseThrow() + "?namespace=/acme";
    var found = harbour.get(at);
    assertThat(Harbour.object(found)).containsEntry("name", "web-to-db");
    assertThat(found.headers().firstValue("ETag")).hasValue("\"1\"");
    var listed =
        harbour.get("/v1/networkaccesspolicies?namespace=/acme&q=name%20==%20%22web-to-db%22");
    assertThat(listed.headers().firstValue("X-Count-Total")).hasValue("1");
    var gone = harbour.send(harbour.request(at).DELETE());
    assertThat(gone.statusCode()).as(gone.body()).isEqualTo(204);
    assertThat(harbour.get(at).statusCode()).isEqualTo(404);
  }

  @Test
  void allViolationsComeAtOnce() throws Exception {
    var refused =
        harbour.post(
            "/v1/networkaccesspolicies?namespace=/acme",
            "{\"nam\":\"x\",\"action\":\"Alow\",\"subject\":[[\"\"]]}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("\"pointer\":\"/nam\"")
        .contains("\"pointer\":\"/action\"")
        .contains("Did you mean");
  }

  @Test
  void aFilterThatCannotBeReadSaysWhere() throws Exception {
    var refused = harbour.get("/v1/namespaces?q=name%20==");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Column 8");
  }

  @Test
  void aRepeatedCreateGetsTheFirstAnswer() throws Exception {
    var request =
        harbour
            .request("/v1/namespaces?namespace=/acme")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "again")
            .POST(BodyPublishers.ofString("{\"name\":\"once\"}"));
    var first = harbour.send(request);
    var second = harbour.send(request);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
  }

  @Test
  void aWriteIsSeenInTheEventStream() throws Exception {
    var request = harbour.request("/v1/events?recursive=true&types=namespaces").build();
    var stream = harbour.client().send(request, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      harbour.post("/v1/namespaces?namespace=/acme", "{\"name\":\"heard\"}");
      var line = lines.readLine();
      while (!line.startsWith("data: ")) {
        line = lines.readLine();
      }
      assertThat(line).contains("\"operation\":\"Create\"").contains("heard");
    }
  }

  @Test
  void aNarrowedTokenSeesNothingOutside() throws Exception {
    var narrow =
        harbour.send(
            HttpRequest.newBuilder(harbour.uri("/v1/issue"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"realm\":\"Account\",\"restrictedNamespace\":\"/acme\",\"metadata\":"
                            + "{\"account\":\"admin\",\"password\":\""
                            + RealHarbour.PASSWORD
                            + "\"}}")));
    var token = String.valueOf(Harbour.object(narrow).get("token"));
    var request = harbour.request("/v1/accounts?namespace=/");
    var outside = harbour.send(request.setHeader("Authorization", "Bearer " + token));
    assertThat(outside.statusCode()).as(outside.body()).isIn(403, 404);
  }

  @Test
  void tokensThatAreNoneAreRefused() throws Exception {
    var unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.";
    for (var token : new String[] {"x", "a.b.c", unsigned}) {
      var request = harbour.request("/v1/namespaces");
      var answer = harbour.send(request.setHeader("Authorization", "Bearer " + token));
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
    }
  }
}
