package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.NamespacePath;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestTest {
  private Harbour harbour;

  @BeforeAll
  void open() throws Exception {
    harbour = new Harbour();
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
  }

  private String create(String name) throws Exception {
    return harbour
        .post("/v1/boats", "{\"name\":\"" + name + "\"}")
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  @Test
  void aCreatedResourceIsFoundAtItsLocation() throws Exception {
    var created = harbour.post("/v1/boats", "{\"name\":\"argo\"}");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("ETag")).hasValue("\"1\"");
    var found = harbour.get(created.headers().firstValue("Location").orElseThrow());
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(Harbour.object(found)).containsEntry("name", "argo");
  }

  @Test
  void anUnchangedResourceIsNotSentAgain() throws Exception {
    var at = create("hermes");
    var again = harbour.send(harbour.request(at).header("If-None-Match", "W/\"1\""));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void aPatchNamesItsVersionOrIsRefusedAsStale() throws Exception {
    var at = create("thetis");
    var patch =
        harbour
            .request(at)
            .header("Content-Type", "application/merge-patch+json")
            .header("If-Match", "\"7\"")
            .method("PATCH", BodyPublishers.ofString("{\"oars\":3}"));
    assertThat(harbour.send(patch).statusCode()).isEqualTo(412);
    var right = harbour.send(patch.setHeader("If-Match", "\"1\""));
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.headers().firstValue("ETag")).hasValue("\"2\"");
  }

  @Test
  void aDeletedResourceIsGone() throws Exception {
    var at = create("ketos");
    assertThat(harbour.send(harbour.request(at).DELETE()).statusCode()).isEqualTo(204);
    assertThat(harbour.get(at).statusCode()).isEqualTo(404);
  }

  @Test
  void aListTellsItsTotalAndWhereItGoesOn() throws Exception {
    create("one");
    create("two");
    var page = harbour.get("/v1/boats?limit=1&fields=name,%20oars&q=name%20==%20one");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).startsWith("[{");
    assertThat(page.headers().firstValueAsLong("X-Count-Total").orElse(0)).isGreaterThan(1);
    assertThat(page.headers().firstValue("Link").orElse(""))
        .startsWith("</v1/boats?limit=1&fields=name%2C+oars&q=name+%3D%3D+one&after=b")
        .endsWith(">; rel=\"next\"");
    assertThat(harbour.platform.last().reading().fields()).isEqualTo(List.of("name", "oars"));
  }

  @Test
  void aListTellsWhenItsTotalIsAnEstimate() throws Exception {
    assertThat(harbour.get("/v1/boats").headers().firstValue("X-Count-Estimated")).hasValue("true");
    var exact = harbour.get("/v1/boats?exactTotal=true");
    assertThat(exact.headers().firstValue("X-Count-Estimated")).isEmpty();
  }

  @Test
  void aHeadOnAListCounts() throws Exception {
    create("three");
    var head = harbour.send(harbour.request("/v1/boats").HEAD());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("X-Count-Total").orElse(0)).isPositive();
  }

  @Test
  void aPlanIsShownWhenAsked() throws Exception {
    var page = harbour.get("/v1/boats?explain=true");
    assertThat(page.headers().firstValue("X-Query-Plan").orElse(""))
        .contains("\"index\":\"byName\"");
  }

  @Test
  void theNamespaceComesByHeaderOrParameterButNotByTwo() throws Exception {
    harbour.send(harbour.request("/v1/boats").header("X-Namespace", "/acme/prod"));
    assertThat(harbour.platform.last().namespace()).isEqualTo(NamespacePath.of("/acme/prod"));
    harbour.get("/v1/boats?namespace=/acme");
    assertThat(harbour.platform.last().namespace()).isEqualTo(NamespacePath.of("/acme"));
    var both = harbour.request("/v1/boats?namespace=/acme").header("X-Namespace", "/b");
    assertThat(harbour.send(both).statusCode()).isEqualTo(400);
  }

  @Test
  void aDryRunHasNoLocation() throws Exception {
    var dry = harbour.post("/v1/boats?dryRun=true", "{\"name\":\"ghost\"}");
    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(dry.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void whoWantsMinimalGetsNoBody() throws Exception {
    var created =
        harbour.send(
            harbour
                .request("/v1/boats")
                .header("Content-Type", "application/json")
                .header("Prefer", "return=minimal")
                .POST(BodyPublishers.ofString("{\"name\":\"raft\"}")));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).isEmpty();
  }

  @Test
  void aTokenIsHadWithoutOne() throws Exception {
    var request =
        HttpRequest.newBuilder(harbour.uri("/v1/issue"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"realm\":\"Account\"}"));
    var issued = harbour.send(request);
    assertThat(issued.statusCode()).isEqualTo(200);
    assertThat(Harbour.object(issued)).containsKey("token");
  }

  @Test
  void anActionGetsItsIdBodyAndParameters() throws Exception {
    var answer = harbour.post("/v1/boats/name:argo/launch?fast=true", "{\"port\":\"iolkos\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Harbour.object(answer))
        .containsEntry("id", "name:argo")
        .containsEntry("body", Map.of("port", "iolkos"))
        .containsEntry("parameters", Map.of("fast", "true"));
  }

  @Test
  void anActionOfATypeIsNotTakenForAnId() throws Exception {
    var answer = harbour.get("/v1/boats/census");
    assertThat(Harbour.object(answer)).containsEntry("action", "census").doesNotContainKey("id");
  }

  @Test
  void theRequestIdAndTraceOfACallerAreKept() throws Exception {
    var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var answer =
        harbour.send(
            harbour
                .request("/v1/boats")
                .header("X-Request-Id", "mine-1")
                .header("traceparent", trace));
    assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("mine-1");
    assertThat(answer.headers().firstValue("traceparent")).hasValue(trace);
    assertThat(harbour.platform.last().caller().cause().id()).isEqualTo("mine-1");
  }

  @Test
  void healthMetricsAndKeysAreThere() throws Exception {
    for (var path : List.of("/healthz", "/readyz", "/livez", "/.well-known/jwks.json")) {
      assertThat(harbour.get(path).statusCode()).as(path).isEqualTo(200);
    }
    harbour.get("/v1/boats/none");
    assertThat(harbour.get("/metrics").body())
        .contains("route=\"/v1/boats/{id}\"")
        .contains("status=\"404\"");
  }
}
