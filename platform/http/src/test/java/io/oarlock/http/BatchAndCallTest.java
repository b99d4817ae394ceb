package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchAndCallTest {
  private Harbour harbour;

  @BeforeAll
  void open() throws Exception {
    harbour = new Harbour();
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
  }

  @Test
  void aBatchAnswersInTheOrderOfItsWrites() throws Exception {
    var answer =
        harbour.post(
            "/v1/batch",
            """
            [{"operation":"Create","type":"boat","body":{"name":"argo"}},
             {"operation":"create","type":"vessel","namespace":"/acme","body":{"name":"raft"}}]
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).startsWith("[{\"status\":201,").containsSubsequence("argo", "raft");
  }

  @Test
  void allThatIsWrongWithABatchIsToldAtOnce() throws Exception {
    var answer =
        harbour.post(
            "/v1/batch",
            """
            [{"operation":"Get","type":"boat"},
             {"operation":"Delete","type":"boot","bodi":{}},
             {"operation":"Update","type":"boat","id":"b1","version":"1","namespace":"acme"},
             7]
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("\"pointer\":\"/0/operation\"")
        .contains("\"pointer\":\"/1/type\"")
        .contains("\"pointer\":\"/1/bodi\"")
        .contains("\"pointer\":\"/1/id\"")
        .contains("Did you mean \\\"boat\\\"?")
        .contains("\"pointer\":\"/2/version\"")
        .contains("\"pointer\":\"/2/namespace\"")
        .contains("\"pointer\":\"/3\"");
  }

  @Test
  void aBatchIsAnArrayWithinBounds() throws Exception {
    assertThat(harbour.post("/v1/batch", "{}").statusCode()).isEqualTo(400);
    assertThat(harbour.post("/v1/batch", "[]").statusCode()).isEqualTo(400);
    var many = "[" + "1,".repeat(BatchRoute.OPERATIONS_MAX) + "1]";
    assertThat(harbour.post("/v1/batch", many).statusCode()).isEqualTo(400);
  }

  @Test
  void whoHasTheUrlOfAnAutomationNeedsNoToken() throws Exception {
    var answer = harbour.send(call("right"));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"got\":\"a=b\"}");
    assertThat(harbour.send(call("wrong")).statusCode()).isEqualTo(404);
  }

  @Test
  void aScriptMayNotSpeakForThePlatform() throws Exception {
    var headers = harbour.send(call("right")).headers();
    assertThat(headers.firstValue("x-echo")).hasValue("hello");
    assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    assertThat(headers.firstValue("Content-Security-Policy").orElse("")).startsWith("sandbox");
  }

  @Test
  void aRunNobodyWaitedForIsFoundWhereTheAnswerSays() throws Exception {
    var answer = harbour.send(call("right").POST(BodyPublishers.ofString("later")));
    assertThat(answer.statusCode()).isEqualTo(202);
    var at = answer.headers().firstValue("Location").orElseThrow();
    var run = harbour.send(HttpRequest.newBuilder(harbour.uri(at)));
    assertThat(Harbour.object(run)).containsEntry("status", "Queued");
    var foreign = harbour.uri("/v1/calls/right?run=r2");
    assertThat(harbour.send(HttpRequest.newBuilder(foreign)).statusCode()).isEqualTo(404);
  }

  private HttpRequest.Builder call(String token) {
    return HttpRequest.newBuilder(harbour.uri("/v1/calls/" + token))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Note", "hello")
        .POST(BodyPublishers.ofString("a=b"));
  }
}
