package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginsTest {
  private static final String NAMED = "https://console.example.com";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  private Harbour harbour;

  @BeforeAll
  void open() throws Exception {
    harbour = new Harbour(Harbour.quick().withOrigins(Set.of(NAMED, "http://localhost:5173")));
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
  }

  private HttpResponse<String> ask(String method, String origin) throws Exception {
    var request = harbour.request("/v1/boats").header("Origin", origin);
    return harbour.send(request.method(method, BodyPublishers.noBody()));
  }

  private static Optional<String> header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name);
  }

  @Test
  void aPageOfANamedOriginReadsAnswersAndTheirHeaders() throws Exception {
    var answer = ask("GET", NAMED);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, ALLOWED)).hasValue(NAMED);
    assertThat(header(answer, "Access-Control-Expose-Headers").orElse("")).contains("ETag", "Link");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void refusalsAreReadableToo() throws Exception {
    var answer = harbour.send(harbour.request("/v1/nothing").header("Origin", NAMED));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, ALLOWED)).hasValue(NAMED);
  }

  @Test
  void aBrowserMayAskBeforehand() throws Exception {
    var answer = ask("OPTIONS", NAMED);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Access-Control-Allow-Methods").orElse("")).contains("PATCH");
    assertThat(header(answer, "Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "X-Namespace", "If-Match");
  }

  @Test
  void noOtherPageIsToldAnything() throws Exception {
    for (var origin : new String[] {"https://evil.example.com", "null", NAMED + ":8443"}) {
      assertThat(header(ask("GET", origin), ALLOWED)).as(origin).isEmpty();
      assertThat(header(ask("OPTIONS", origin), ALLOWED)).as(origin).isEmpty();
    }
  }

  @Test
  void anOriginThatNoBrowserWouldSendIsRefused() {
    for (var wrong : new String[] {"*", "null", "https://a.example/", "a.example", "https://A.b"}) {
      assertThatThrownBy(() -> HttpConfig.plain(0).withOrigins(Set.of(wrong)))
          .hasMessageContaining("as browsers send it");
    }
  }
}
