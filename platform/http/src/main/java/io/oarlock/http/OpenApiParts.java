package io.oarlock.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the OpenAPI document that do not depend on the types: conventions and services. */
final class OpenApiParts {
  static final String SERVICE = "Service";

  /** Query parameters and request headers: name to schema and meaning. */
  private static final Map<String, Parameter> PARAMETERS = new LinkedHashMap<>();

  private record Parameter(String in, String type, String doc) {}

  static {
    query("namespace", "string", "Where to act; the header X-Namespace says the same.");
    query("recursive", "boolean", "Also what is in the namespaces below.");
    query("propagated", "boolean", "Also what the namespaces above hand down.");
    query("q", "string", "A filter, like: name == web and createTime > now(\"-24h\").");
    query("fields", "string", "Attributes to show, between commas.");
    query("order", "string", "Attributes to order by, between commas; - in front for descending.");
    query("limit", "integer", "Size of a page.");
    query("after", "string", "Where the page before ended; the header Link has the next one.");
    query("page", "integer", "Number of a page, from 1; not together with after.");
    query("pageSize", "integer", "Size of a page, for those who page by number.");
    query("exactTotal", "boolean", "Count all that match, even where it takes long.");
    query("explain", "boolean", "Tell in X-Query-Plan how the store finds the answer.");
    query("dryRun", "boolean", "Everything but the write itself.");
    query("override", "boolean", "Change a protected resource all the same.");
    query("types", "string", "Resource types to hear of, between commas; all if left out.");
    query("operations", "string", "Create, Update, Delete, between commas; all if left out.");
    query("filter", "string", "A filter on the object of an event.");
    header("X-Namespace", "Where to act; the token's own namespace if left out.");
    header("If-Match", "The ETag seen; the write is refused when the resource has another one.");
    header("If-None-Match", "The ETag known; 304 when the resource still has it.");
    header("Idempotency-Key", "A repeat with the same key gets the first answer.");
    header("Prefer", "return=minimal for no body in the answer.");
    header("Last-Event-ID", "Sequence to go on after.");
  }

  private OpenApiParts() {}

  private static void query(String name, String type, String doc) {
    PARAMETERS.put(name, new Parameter("query", type, doc));
  }

  private static void header(String name, String doc) {
    PARAMETERS.put(name, new Parameter("header", "string", doc));
  }

  static Map<String, String> docs(List<String> names) {
    var docs = new LinkedHashMap<String, String>();
    for (var name : names) {
      var parameter = PARAMETERS.get(name);
      if (parameter != null) {
        docs.put(name, parameter.doc());
      }
    }
    return docs;
  }

  static List<Object> parameters(List<String> query, String... headers) {
    var references = new ArrayList<Object>();
    query.forEach(name -> references.add(Tree.ref("parameters", name)));
    references.add(Tree.ref("parameters", "X-Namespace"));
    for (var header : headers) {
      references.add(Tree.ref("parameters", header));
    }
    return references;
  }

  static Map<String, Object> headers(String... names) {
    var references = new Tree();
    for (var name : names) {
      references.put(name, Tree.ref("headers", name));
    }
    return references.map();
  }

  static Map<String, Object> components(Tree schemas) {
    schemas.put("Problem", problem());
    return Tree.of("schemas", schemas)
        .put("parameters", parameterObjects())
        .put(
            "headers",
            Tree.of("ETag", headerObject("string", "The version, in quotes."))
                .put("Location", headerObject("string", "Where the new resource is."))
                .put("Link", headerObject("string", "The next page, as rel=\"next\"."))
                .put(ResourceRoutes.TOTAL, headerObject("integer", "How many match in all."))
                .put(
                    ResourceRoutes.ESTIMATED,
                    headerObject("boolean", "true when the total is an estimate."))
                .put("X-Query-Plan", headerObject("string", "JSON; see explain.")))
        .put(
            "responses",
            Tree.of(
                "Problem",
                Tree.of("description", "Refused: the reason, the rule, and how to mend it.")
                    .put(
                        "content",
                        OpenApi.content(MediaTypes.PROBLEM, Tree.ref("schemas", "Problem")))))
        .put(
            "securitySchemes",
            Tree.of(
                "token",
                Tree.of("type", "http").put("scheme", "bearer").put("bearerFormat", "JWT")))
        .map();
  }

  private static Tree parameterObjects() {
    var objects =
        Tree.of(
            "id",
            Tree.of("name", "id")
                .put("in", "path")
                .put("required", true)
                .put("description", "The id, or name:NAME.")
                .put("schema", Tree.of("type", "string").put("maxLength", 512L)));
    PARAMETERS.forEach((name, parameter) ->
        objects.put(
            name,
            Tree.of("name", name)
                .put("in", parameter.in())
                .put("description", parameter.doc())
                .put("schema", Map.of("type", parameter.type()))));
    return objects;
  }

  private static Tree headerObject(String type, String doc) {
    return Tree.of("description", doc).put("schema", Map.of("type", type));
  }

  private static Tree problem() {
    var text = Map.<String, Object>of("type", "string");
    var violation =
        Tree.of("type", "object")
            .put(
                "properties",
                Tree.of("code", text)
                    .put("detail", text)
                    .put("pointer", text)
                    .put("attribute", text)
                    .put("hint", text))
            .put("required", List.of("code", "detail"));
    return Tree.of("type", "object")
        .put(
            "properties",
            Tree.of("type", Tree.of("type", "string").put("format", "uri"))
                .put("code", text)
                .put("title", text)
                .put("status", Map.of("type", "integer"))
                .put("detail", text)
                .put("instance", text)
                .put("errors", Tree.of("type", "array").put("items", violation)))
        .put("required", List.of("type", "code", "title", "status", "detail", "errors"));
  }

  static Map<String, Object> servicePaths() {
    var any = Map.<String, Object>of("type", "object");
    var events =
        Tree.of("operationId", "events")
            .put("tags", List.of(SERVICE))
            .put("summary", "The event log as it grows: server-sent events, or a WebSocket.")
            .put("parameters", parameters(FeedRequests.PARAMETERS, "Last-Event-ID"))
            .put(
                "responses",
                OpenApi.responses(
                    "200",
                    Tree.of("description", "Events, each with its sequence as id.")
                        .put(
                            "content",
                            OpenApi.content("text/event-stream", Map.of("type", "string"))),
                    List.of(400, 401, 503)));
    var paths = new LinkedHashMap<String, Object>();
    paths.put(RouteTable.PREFIX + EventsRoute.WORD, Tree.of("get", events).map());
    paths.put(RouteTable.PREFIX + BatchRoute.WORD, Tree.of("post", batch()).map());
    paths.put(
        RouteTable.PREFIX + CallRoute.WORD + "/{token}",
        Tree.of("post", call()).put("get", calledRun()).map());
    paths.put("/healthz", service("health", "Whether the process is alive.", any));
    paths.put("/livez", service("live", "Whether the process is alive.", any));
    paths.put("/readyz", service("ready", "Whether it can serve, part by part.", any));
    paths.put("/metrics", service("metrics", "Metrics in the text form of Prometheus.", any));
    paths.put("/openapi.json", service("openapi", "This document.", any));
    paths.put("/.well-known/jwks.json", service("jwks", "Keys that verify tokens.", any));
    paths.put(
        "/.well-known/openid-configuration",
        service("discovery", "Where the keys are, for verifiers of tokens.", any));
    return paths;
  }

  private static Map<String, Object> service(
      String id, String summary, Map<String, Object> schema) {
    var get =
        Tree.of("operationId", id)
            .put("tags", List.of(SERVICE))
            .put("summary", summary)
            .put("security", List.of())
            .put(
                "responses",
                OpenApi.responses(
                    "200",
                    Tree.of("description", summary)
                        .put("content", OpenApi.content(MediaTypes.JSON, schema)),
                    List.of()));
    return Tree.of("get", get).map();
  }

  private static Tree batch() {
    var operation =
        Tree.of("type", "object")
            .put(
                "properties",
                Tree.of(
                        "operation",
                        Tree.of("enum", List.of("Create", "Update", "Patch", "Delete")))
                    .put("type", Map.of("type", "string"))
                    .put("id", Map.of("type", "string"))
                    .put("namespace", Map.of("type", "string"))
                    .put("version", Map.of("type", "integer"))
                    .put("body", Map.of("type", "object")))
            .put("required", List.of("operation", "type"))
            .put("additionalProperties", false);
    var array =
        Tree.of("type", "array")
            .put("items", operation)
            .put("minItems", 1L)
            .put("maxItems", (long) BatchRoute.OPERATIONS_MAX)
            .map();
    var done =
        Tree.of("description", "All is written; one element for each write, in order.")
            .put("content", OpenApi.content(MediaTypes.JSON, Map.of("type", "array")));
    return Tree.of("operationId", "batch")
        .put("tags", List.of(SERVICE))
        .put("summary", "Several writes, all of them or none.")
        .put("parameters", parameters(ResourceRoutes.WRITE_PARAMETERS, "Idempotency-Key"))
        .put(
            "requestBody",
            Tree.of("required", true).put("content", OpenApi.content(MediaTypes.JSON, array)))
        .put("responses", OpenApi.responses("200", done, List.of(400, 401, 403, 413, 422)));
  }

  private static final Map<String, Object> TOKEN =
      Tree.of("name", "token")
          .put("in", "path")
          .put("required", true)
          .put("schema", Map.of("type", "string"))
          .map();

  private static Tree call() {
    var answered =
        Tree.of("description", "What the automation answers.")
            .put("content", OpenApi.content("*/*", Map.of()));
    return Tree.of("operationId", "call")
        .put("tags", List.of(SERVICE))
        .put("summary", "Runs the automation whose URL this is.")
        .put("security", List.of())
        .put("parameters", List.of(TOKEN))
        .put("requestBody", Map.of("content", OpenApi.content("*/*", Map.of())))
        .put("responses", OpenApi.responses("200", answered, List.of(404, 413, 429)));
  }

  private static Tree calledRun() {
    var run =
        Tree.of("name", "run")
            .put("in", "query")
            .put("required", true)
            .put("schema", Map.of("type", "string"))
            .map();
    var found =
        Tree.of("description", "The run, without its logs.")
            .put("content", OpenApi.content(MediaTypes.JSON, Map.of("type", "object")));
    return Tree.of("operationId", "calledRun")
        .put("tags", List.of(SERVICE))
        .put("summary", "How a run stands that a call of this URL began.")
        .put("security", List.of())
        .put("parameters", List.of(TOKEN, run))
        .put("responses", OpenApi.responses("200", found, List.of(400, 404, 429)));
  }
}
