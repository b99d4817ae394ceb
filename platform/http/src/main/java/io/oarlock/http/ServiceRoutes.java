package io.oarlock.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.oarlock.engine.Platform;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What operators and token verifiers ask for: health, metrics, keys. */
final class ServiceRoutes {
  private final Platform platform;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier closing;

  ServiceRoutes(Platform platform, PrometheusMeterRegistry registry, BooleanSupplier closing) {
    this.platform = platform;
    this.registry = registry;
    this.closing = closing;
  }

  void addTo(RouteTable table, String publicUrl) {
    get(table, Route.open("/healthz", (_, _) -> alive()));
    get(table, Route.open("/livez", (_, _) -> alive()));
    get(table, Route.open("/readyz", (_, _) -> ready()));
    get(table, new Route("/metrics", Route.Access.LOCAL, 0, (_, _) -> metrics()));
    get(
        table,
        Route.open("/.well-known/jwks.json", (_, _) -> shared(Reply.json(200, platform.jwks()))));
    get(
        table,
        Route.open(
            "/.well-known/openid-configuration",
            (_, _) -> shared(Reply.json(200, discovery(publicUrl)))));
  }

  static void get(RouteTable table, Route route) {
    table.add(route.template(), Map.of(HttpMethod.GET, route, HttpMethod.HEAD, route));
  }

  private static Reply alive() {
    return Reply.json(200, Map.of("status", "ok"));
  }

  private Reply ready() {
    var parts = new LinkedHashMap<String, Object>(platform.readiness());
    if (closing.getAsBoolean()) {
      parts.put("http", "is shutting down");
    }
    var ok = parts.values().stream().allMatch("ok"::equals);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("status", ok ? "ok" : "unavailable");
    tree.put("parts", parts);
    return Reply.json(ok ? 200 : 503, tree);
  }

  private Reply metrics() {
    return Reply.bytes(
        200, "text/plain; version=0.0.4; charset=utf-8", registry.scrape().getBytes(UTF_8));
  }

  private static Reply shared(Reply.Full reply) {
    return reply.with("Cache-Control", "public, max-age=300");
  }

  private static Map<String, Object> discovery(String publicUrl) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("issuer", publicUrl);
    tree.put("jwks_uri", publicUrl + "/.well-known/jwks.json");
    tree.put("token_endpoint", publicUrl + "/v1/issue");
    tree.put("response_types_supported", List.of("token"));
    tree.put("subject_types_supported", List.of("public"));
    tree.put("id_token_signing_alg_values_supported", List.of("ES256"));
    return tree;
  }
}
