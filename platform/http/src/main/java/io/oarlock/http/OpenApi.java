package io.oarlock.http;

import io.oarlock.model.Action;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The OpenAPI 3.1 document of a model: every route, schema, bound, example and refusal. */
final class OpenApi {
  private static final List<Integer> READ_REFUSALS = List.of(400, 401, 403, 404, 406, 429);
  private static final List<Integer> WRITE_REFUSALS =
      List.of(400, 401, 403, 404, 406, 409, 412, 413, 415, 422, 429);

  private final ResourceModel model;

  private OpenApi(ResourceModel model) {
    this.model = model;
  }

  static Map<String, Object> of(ResourceModel model, String version) {
    var document = new OpenApi(model);
    return Tree.of("openapi", "3.1.0")
        .put(
            "info",
            Tree.of("title", "Oarlock")
                .put("version", version)
                .put(
                    "description",
                    "A zero-trust control plane that its users can program. Derived from the"
                        + " resource model; nothing here is written by hand for one type.")
                .put("license", Tree.of("name", "Apache-2.0").put("identifier", "Apache-2.0")))
        .put("security", List.of(Map.of("token", List.of())))
        .put("tags", document.tags())
        .put("paths", document.paths())
        .put("components", OpenApiParts.components(document.schemas()))
        .map();
  }

  private List<Object> tags() {
    var groups = new LinkedHashSet<String>();
    model.types().forEach(type -> groups.add(type.group()));
    var tags = new ArrayList<Object>();
    groups.forEach(group -> tags.add(Map.of("name", group)));
    tags.add(Map.of("name", OpenApiParts.SERVICE));
    return tags;
  }

  private Tree schemas() {
    var schemas = new Tree();
    for (var type : model.types()) {
      schemas.put(type.name(), Schemas.resource(type));
      if (allowsPatch(type)) {
        schemas.put(type.name() + ".patch", Schemas.patch(type));
      }
    }
    return schemas;
  }

  private Map<String, Object> paths() {
    var paths = new LinkedHashMap<String, Object>();
    for (var type : model.types()) {
      var whole = RouteTable.PREFIX + type.plural();
      put(paths, whole, whole(type));
      put(paths, whole + "/{id}", item(type));
      for (var action : type.actions()) {
        var path = whole + (action.onType() ? "/" : "/{id}/") + action.name();
        put(paths, path, Tree.of(action.method().toLowerCase(Locale.ROOT), action(type, action)));
      }
    }
    paths.putAll(OpenApiParts.servicePaths());
    return paths;
  }

  private static void put(Map<String, Object> paths, String path, Tree methods) {
    if (!methods.isEmpty()) {
      paths.put(path, methods.map());
    }
  }

  private static boolean allowsPatch(ResourceType type) {
    return type.allows(Operation.PATCH) || type.allows(Operation.UPDATE);
  }

  private static Tree whole(ResourceType type) {
    var methods = new Tree();
    if (type.allows(Operation.LIST)) {
      methods.put("get", list(type));
    }
    if (type.allows(Operation.LIST) || type.allows(Operation.COUNT)) {
      methods.put("head", count(type));
    }
    if (type.allows(Operation.CREATE)) {
      methods.put("post", create(type));
    }
    return methods;
  }

  private static Tree item(ResourceType type) {
    var methods = new Tree();
    if (type.allows(Operation.GET)) {
      methods.put("get", get(type));
    }
    if (type.allows(Operation.UPDATE)) {
      methods.put("put", change(type, "Update", "Replaces a ", body(type.name(), MediaTypes.JSON)));
    }
    if (allowsPatch(type)) {
      var body = body(type.name() + ".patch", MediaTypes.MERGE_PATCH);
      methods.put("patch", change(type, "Patch", "Changes parts of a ", body));
    }
    if (type.allows(Operation.DELETE)) {
      methods.put("delete", delete(type));
    }
    return methods;
  }

  private static Tree operation(ResourceType type, String verb, String summary) {
    return Tree.of("operationId", type.name() + verb)
        .put("tags", List.of(type.group()))
        .put("summary", summary + type.name() + ".");
  }

  private static Tree list(ResourceType type) {
    var array = Tree.of("type", "array").put("items", Tree.ref("schemas", type.name())).map();
    var page =
        Tree.of("description", "A page, in order.")
            .put(
                "headers",
                OpenApiParts.headers(
                    ResourceRoutes.TOTAL, ResourceRoutes.ESTIMATED, "Link", "X-Query-Plan"))
            .put("content", content(MediaTypes.JSON, array));
    return operation(type, "List", "Lists and searches resources of type ")
        .put("description", type.doc())
        .put("parameters", OpenApiParts.parameters(ResourceRoutes.LIST_PARAMETERS))
        .put("responses", responses("200", page, READ_REFUSALS));
  }

  private static Tree count(ResourceType type) {
    var counted =
        Tree.of("description", "The count is in the header.")
            .put("headers", OpenApiParts.headers(ResourceRoutes.TOTAL));
    return operation(type, "Count", "Counts resources of type ")
        .put("parameters", OpenApiParts.parameters(ResourceRoutes.COUNT_PARAMETERS))
        .put("responses", responses("200", counted, READ_REFUSALS));
  }

  private static Tree get(ResourceType type) {
    var responses = new LinkedHashMap<>(responses("200", one(type), READ_REFUSALS));
    responses.put("304", Map.of("description", "Unchanged since the version in If-None-Match."));
    return operation(type, "Get", "Reads a ")
        .put("parameters", withId(ResourceRoutes.GET_PARAMETERS, "If-None-Match"))
        .put("responses", responses);
  }

  private static Tree create(ResourceType type) {
    var operation = operation(type, "Create", "Creates a ");
    operation
        .put("description", type.doc())
        .put(
            "parameters",
            OpenApiParts.parameters(ResourceRoutes.WRITE_PARAMETERS, "Idempotency-Key", "Prefer"))
        .put("requestBody", body(type.name(), MediaTypes.JSON));
    if (type.name().equals(ResourceRoutes.PROOF_TYPE)) {
      operation.put("security", List.of());
    }
    var created = one(type);
    created.put("headers", OpenApiParts.headers("ETag", "Location"));
    var answered = new LinkedHashMap<String, Object>();
    answered.put("201", created.map());
    answered.putAll(responses("200", one(type), WRITE_REFUSALS));
    return operation.put("responses", answered);
  }

  private static Tree change(
      ResourceType type, String verb, String summary, Map<String, Object> body) {
    return operation(type, verb, summary)
        .put("parameters", withId(ResourceRoutes.WRITE_PARAMETERS, "If-Match", "Prefer"))
        .put("requestBody", body)
        .put("responses", responses("200", one(type), WRITE_REFUSALS));
  }

  private static Tree delete(ResourceType type) {
    return operation(type, "Delete", "Deletes a ")
        .put("parameters", withId(ResourceRoutes.WRITE_PARAMETERS, "If-Match"))
        .put(
            "responses",
            responses("204", Tree.of("description", "It is deleted."), WRITE_REFUSALS));
  }

  private static Tree action(ResourceType type, Action action) {
    var name = Character.toUpperCase(action.name().charAt(0)) + action.name().substring(1);
    var parameters =
        action.onType()
            ? OpenApiParts.parameters(List.of("namespace"))
            : withId(List.of("namespace"));
    var operation =
        Tree.of("operationId", type.name() + name)
            .put("tags", List.of(type.group()))
            .put("summary", action.doc())
            .put("parameters", parameters);
    if (!action.method().equals("GET")) {
      action
          .input()
          .ifPresent(
              input -> operation.put("requestBody", bodyOf(Schemas.of(input), MediaTypes.JSON)));
    }
    var answer = action.output().map(Schemas::of).orElse(Map.of("type", "object"));
    var done = Tree.of("description", "Done.").put("content", content(MediaTypes.JSON, answer));
    return operation.put("responses", responses("200", done, WRITE_REFUSALS));
  }

  private static Tree one(ResourceType type) {
    return Tree.of("description", "The " + type.name() + ".")
        .put("headers", OpenApiParts.headers("ETag"))
        .put("content", content(MediaTypes.JSON, Tree.ref("schemas", type.name())));
  }

  private static List<Object> withId(List<String> query, String... headers) {
    var parameters = new ArrayList<Object>(List.of(Tree.ref("parameters", "id")));
    parameters.addAll(OpenApiParts.parameters(query, headers));
    return parameters;
  }

  private static Map<String, Object> body(String schema, String mediaType) {
    return bodyOf(Tree.ref("schemas", schema), mediaType);
  }

  private static Map<String, Object> bodyOf(Map<String, Object> schema, String mediaType) {
    return Tree.of("required", true).put("content", content(mediaType, schema)).map();
  }

  static Map<String, Object> content(String mediaType, Map<String, Object> schema) {
    return Map.of(mediaType, Map.of("schema", schema));
  }

  static Map<String, Object> responses(String status, Tree success, List<Integer> refusals) {
    var responses = Tree.of(status, success);
    for (var refusal : refusals) {
      responses.put(refusal.toString(), Tree.ref("responses", "Problem"));
    }
    return responses.put("default", Tree.ref("responses", "Problem")).map();
  }
}
