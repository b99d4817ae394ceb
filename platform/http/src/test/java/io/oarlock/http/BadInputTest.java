package io.oarlock.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private Harbour harbour;

  @BeforeAll
  void open() throws Exception {
    harbour = new Harbour();
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Harbour.object(response))
        .containsEntry("type", "https://oarlock.io/problems/" + code)
        .containsEntry("code", code)
        .containsEntry("status", (long) status)
        .containsEntry("instance", response.headers().firstValue("X-Request-Id").orElseThrow());
  }

  @SuppressWarnings("unchecked") // the shape of the problem document
  private static Map<String, Object> firstError(HttpResponse<String> response) {
    return ((List<Map<String, Object>>)
            requireNonNull(Harbour.object(response).get("errors"), response.body()))
        .getFirst();
  }

  @Test
  void anUnknownTypeIsNotFoundAndTheRightOneNamed() throws Exception {
    var typo = harbour.get("/v1/boots");
    assertProblem(typo, 404, "unknown-type");
    assertThat(firstError(typo)).containsEntry("hint", "Did you mean \"boats\"?");
    assertThat(harbour.get("/v1/vessel").body()).contains("Use /v1/boats");
  }

  @Test
  void anUnknownRouteIsNotFound() throws Exception {
    for (var path : List.of("/nowhere", "/v1/", "/v1/boats/", "/v1/boats/a/b/c", "//v1")) {
      var response = harbour.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void aMethodThatDoesNotFitNamesThoseThatDo() throws Exception {
    var response = harbour.send(harbour.request("/v1/boats").DELETE());
    assertProblem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
  }

  @Test
  void anUnknownParameterIsRefusedWithTheOneMeant() throws Exception {
    var response = harbour.get("/v1/boats?recursiv=true");
    assertProblem(response, 400, "unknown-parameter");
    assertThat(firstError(response)).containsEntry("hint", "Did you mean \"recursive\"?");
  }

  @Test
  void parametersThatCannotBeReadAreRefused() throws Exception {
    for (var query :
        List.of(
            "limit=0",
            "limit=x",
            "recursive=maybe",
            "limit=1&limit=2",
            "after=a&page=1",
            "namespace=acme")) {
      assertThat(harbour.get("/v1/boats?" + query).statusCode()).as(query).isEqualTo(400);
    }
  }

  @Test
  void anInvalidBodyIsToldWithPointerAndHint() throws Exception {
    var response = harbour.post("/v1/boats", "{}");
    assertProblem(response, 422, "validation");
    assertThat(firstError(response))
        .containsEntry("pointer", "/name")
        .containsEntry("attribute", "name")
        .containsEntry("hint", "Add \"name\"");
  }

  @Test
  void jsonThatTwoReadersUnderstandDifferentlyIsRefused() throws Exception {
    var deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (var body :
        List.of(
            "{\"name\":\"a\",\"name\":\"b\"}",
            "{\"__proto__\":{}}",
            "{\"name\":" + deep + "}",
            "{\"name\":NaN}",
            "{\"name\":1e999}",
            "{} {}",
            "[]",
            "",
            "{")) {
      assertProblem(harbour.post("/v1/boats", body), 400, "malformed-json");
    }
  }

  @Test
  void aBodyOfAnotherTypeIsRefused() throws Exception {
    for (var type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16")) {
      var request =
          harbour
              .request("/v1/boats")
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString("{\"name\":\"a\"}"));
      assertProblem(harbour.send(request), 415, "unsupported-media-type");
    }
  }

  @Test
  void aCallerWhoTakesNoJsonIsRefused() throws Exception {
    var response = harbour.send(harbour.request("/v1/boats").header("Accept", "text/csv"));
    assertProblem(response, 406, "not-acceptable");
  }

  @Test
  void tenMegabytesAreRefusedAndTheRefusalIsSeen() throws Exception {
    var body = "{\"name\":\"" + "x".repeat(10 << 20) + "\"}";
    assertProblem(harbour.post("/v1/boats", body), 413, "too-large");
  }

  @Test
  void tenMegabytesWithoutADeclaredLengthAreRefused() throws Exception {
    var body = new byte[10 << 20];
    var request =
        harbour
            .request("/v1/boats")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));
    assertProblem(harbour.send(request), 413, "too-large");
  }

  @Test
  void aGzipBombStopsAtTheLimitOfABody() throws Exception {
    assertProblem(gzipped(new byte[500 << 20 >> 3]), 413, "too-large");
  }

  @Test
  void aCompressedBodyIsUnfolded() throws Exception {
    var json = "{\"name\":\"zip\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(gzipped(json).statusCode()).isEqualTo(201);
  }

  private HttpResponse<String> gzipped(byte[] content) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return harbour.send(
        harbour
            .request("/v1/boats")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray())));
  }

  @Test
  void anOverlongUrlIsRefused() throws Exception {
    var response = harbour.get("/v1/boats?q=" + "x".repeat(20_000));
    assertProblem(response, 414, "url-too-long");
  }

  @Test
  void overlargeHeadersAreRefused() throws Exception {
    var response = harbour.send(harbour.request("/v1/boats").header("X-Big", "x".repeat(40_000)));
    assertProblem(response, 431, "headers-too-large");
  }

  @Test
  void aBodyThatDoesNotComeIsNotWaitedForLong() throws Exception {
    var answer =
        harbour.raw(
            "POST /v1/boats HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 10\r\n\r\n{");
    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body-timed-out");
  }

  @Test
  void aRequestThatDoesNotComeIsNotWaitedForLong() throws Exception {
    assertThat(harbour.raw("GET /livez HTTP/1.1\r\nHo")).isEmpty();
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    assertThat(harbour.raw("\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.0 400 ");
  }

  @Test
  void aQueryThatIsNotPercentEncodedIsRefused() throws Exception {
    var answer =
        harbour.raw("GET /v1/boats?q=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aSmuggledSecondLengthIsRefused() throws Exception {
    var answer =
        harbour.raw(
            "POST /v1/boats HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n"
                + "Connection: close\r\n\r\n{}");
    assertThat(answer).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aCallerWithoutOrWithAForeignTokenIsAskedWhoHeIs() throws Exception {
    var none = harbour.send(HttpRequest.newBuilder(harbour.uri("/v1/boats")));
    assertProblem(none, 401, "no-token");
    assertThat(none.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer ");
    var foreign = harbour.send(harbour.request("/v1/boats").setHeader("Authorization", "Bearer x"));
    assertProblem(foreign, 401, "bad-token");
  }

  @Test
  void aFaultOfOursNamesTheRequestAndNothingElse() throws Exception {
    var response =
        harbour.post("/v1/boats", "{\"name\":\"" + HarbourPlatform.REQUEST_TO_FAIL + "\"}");
    assertProblem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("hole").doesNotContain("Exception");
  }

  @Test
  void aRequestIdThatCouldForgeLogsIsReplaced() throws Exception {
    var response = harbour.send(harbour.request("/v1/boats").header("X-Request-Id", "a b\tc"));
    assertThat(response.headers().firstValue("X-Request-Id").orElse("")).matches("[0-9a-f]{32}");
  }

  @Test
  void theConnectionServesOnAfterARefusedBody() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), harbour.port())) {
      var out = socket.getOutputStream();
      out.write(
          ("POST /v1/boats HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                  + "Content-Length: 2000000\r\n\r\n"
                  + " ".repeat(2_000_000)
                  + "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("HTTP/1.1 413 ").contains("HTTP/1.1 200 ");
    }
  }
}
