package io.oarlock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.oarlock.json.Json;
import io.oarlock.model.ResourceModel;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What describes the platform: the OpenAPI document, the reference page, the front door. */
final class DocumentRoutes {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String FRONT_DOOR =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Oarlock</title>"
          + "<h1>Oarlock</h1><p>The control plane is up. <a href=\"/docs\">API reference</a>, "
          + "<a href=\"/openapi.json\">OpenAPI</a>.</p></html>";

  private final String version =
      Objects.requireNonNullElse(
          DocumentRoutes.class.getPackage().getImplementationVersion(), "0.1.0");
  private final Once openApi;
  private final Once page;

  DocumentRoutes(ResourceModel model) {
    openApi = new Once(() -> Json.write(OpenApi.of(model, version)));
    page = new Once(() -> DocsPage.of(model));
  }

  /** Made when first asked for, so that start-up does not wait for it. */
  private static final class Once {
    private final Supplier<byte[]> maker;
    private byte @Nullable [] made;

    Once(Supplier<byte[]> maker) {
      this.maker = maker;
    }

    synchronized byte[] get() {
      var present = made;
      if (present == null) {
        present = maker.get();
        made = present;
      }
      return present;
    }
  }

  void addTo(RouteTable table) {
    ServiceRoutes.get(
        table,
        Route.open(
            "/openapi.json", (_, _) -> fresh(Reply.bytes(200, MediaTypes.JSON, openApi.get()))));
    ServiceRoutes.get(
        table,
        Route.open(
            "/docs",
            (_, _) ->
                fresh(Reply.bytes(200, HTML, page.get()))
                    .with("Content-Security-Policy", DocsPage.CONTENT_SECURITY_POLICY)
                    .with("Referrer-Policy", "no-referrer")));
    ServiceRoutes.get(table, Route.open("/", (request, _) -> frontDoor(request.header("Accept"))));
  }

  private Reply frontDoor(Optional<String> accept) {
    if (accept.filter(types -> types.contains("text/html")).isPresent()) {
      return Reply.bytes(200, HTML, FRONT_DOOR.getBytes(UTF_8))
          .with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    return Reply.json(
        200,
        Tree.of("name", "Oarlock")
            .put("version", version)
            .put("docs", "/docs")
            .put("openapi", "/openapi.json")
            .put("keys", "/.well-known/jwks.json")
            .put("events", RouteTable.PREFIX + EventsRoute.WORD)
            .map());
  }

  private static Reply.Full fresh(Reply.Full reply) {
    return reply.with("Cache-Control", "no-cache");
  }
}
