package io.oarlock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.model.ModelReader;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.types.ResourceTypes;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentTest {
  private static final ResourceModel REAL = ModelReader.read(ResourceTypes.all());

  private Vertx vertx;
  private Harbour harbour;

  @BeforeAll
  void open() throws Exception {
    vertx = Vertx.vertx();
    harbour = new Harbour();
  }

  @AfterAll
  void close() throws Exception {
    harbour.close();
    vertx.close().await(60, TimeUnit.SECONDS);
  }

  @Test
  void theOpenApiDocumentKeepsTheRulesOfOpenApi() throws Exception {
    for (var model : new ResourceModel[] {Boats.MODEL, REAL}) {
      // The validator knows the rules of OpenAPI, but not these media types.
      var text =
          io.oarlock.json.Json.text(OpenApi.of(model, "1"))
              .replaceAll(
                  "application/(problem|merge-patch)\\+json|text/event-stream|\\*/\\*",
                  MediaTypes.JSON);
      var document = new JsonObject(text);
      var contract = OpenAPIContract.from(vertx, document).await(30, TimeUnit.SECONDS);
      assertThat(contract.operations()).hasSizeGreaterThan(10);
    }
  }

  @Test
  void theExampleOfEachTypeFitsItsSchema() {
    var schemas = json(OpenApi.of(REAL, "1")).getJsonObject("components").getJsonObject("schemas");
    var options =
        new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("app://oarlock")
            .setOutputFormat(OutputFormat.Basic);
    for (var type : REAL.types()) {
      var schema = JsonSchema.of(schemas.getJsonObject(type.name()));
      var example = new JsonObject(io.oarlock.json.Json.text(type.example()));
      var result = Validator.create(schema, options).validate(example);
      assertThat(result.getValid()).as(type.name() + " " + result.getErrors()).isTrue();
    }
  }

  @Test
  void everyDocumentedRouteIsThere() throws Exception {
    var document = new JsonObject(harbour.get("/openapi.json").body());
    for (var path : document.getJsonObject("paths")) {
      for (var method : ((JsonObject) path.getValue()).fieldNames()) {
        var url = harbour.uri(path.getKey().replaceAll("\\{[a-z]+}", "x"));
        var request =
            HttpRequest.newBuilder(url)
                .method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody());
        var answer = harbour.send(request);
        assertThat(answer.statusCode()).as(method + " " + url).isNotEqualTo(405);
        assertThat(answer.body()).doesNotContain("There is nothing at").doesNotContain("unknown");
      }
    }
  }

  @Test
  void boundsAndRefusalsAreDocumented() throws Exception {
    var document = new JsonObject(harbour.get("/openapi.json").body());
    var oars = schema(document, "boat").getJsonObject("properties").getJsonObject("oars");
    assertThat(oars.getLong("maximum")).isEqualTo(170);
    assertThat(schema(document, "boat").getJsonArray("required")).isEqualTo(JsonArray.of("name"));
    var responses =
        document
            .getJsonObject("paths")
            .getJsonObject("/v1/boats")
            .getJsonObject("post")
            .getJsonObject("responses");
    assertThat(responses.fieldNames()).contains("201", "409", "422", "429");
  }

  @Test
  void theReferencePageNeedsNothingFromElsewhere() throws Exception {
    var page = harbour.get("/docs");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("default-src 'none'; style-src 'sha256-");
    assertThat(page.body())
        .contains("<section id=\"boat\">")
        .contains("whole number, 0 to 170")
        .doesNotContain("http://")
        .doesNotContain("src=")
        .doesNotContain(" style=")
        .doesNotContain(" onclick");
    assertThat(new String(DocsPage.of(REAL), java.nio.charset.StandardCharsets.UTF_8))
        .contains("<section id=\"networkaccesspolicy\">");
  }

  @Test
  void theFrontDoorSpeaksToPeopleAndPrograms() throws Exception {
    assertThat(Harbour.object(harbour.get("/"))).containsEntry("openapi", "/openapi.json");
    var page = harbour.send(harbour.request("/").header("Accept", "text/html"));
    assertThat(page.body()).contains("<h1>Oarlock</h1>");
  }

  @Test
  void aLongAnswerIsCompressedForWhoTakesIt() throws Exception {
    var plain = harbour.get("/docs");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    var packed = harbour.send(harbour.request("/docs").header("Accept-Encoding", "br, gzip"));
    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.headers().firstValueAsLong("Content-Length").orElse(0))
        .isLessThan(plain.headers().firstValueAsLong("Content-Length").orElse(0) / 2);
    var none = harbour.send(harbour.request("/docs").header("Accept-Encoding", "gzip;q=0"));
    assertThat(none.headers().firstValue("Content-Encoding")).isEmpty();
  }

  private static JsonObject schema(JsonObject document, String type) {
    return document.getJsonObject("components").getJsonObject("schemas").getJsonObject(type);
  }

  private static JsonObject json(Map<String, Object> tree) {
    return new JsonObject(io.oarlock.json.Json.text(tree));
  }
}
