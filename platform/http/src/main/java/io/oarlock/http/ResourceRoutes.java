package io.oarlock.http;

import io.oarlock.engine.ActionCall;
import io.oarlock.engine.Answer;
import io.oarlock.engine.Call;
import io.oarlock.engine.Platform;
import io.oarlock.json.Json;
import io.oarlock.model.Action;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.ResourceType;
import io.oarlock.store.ResourceStore;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of a resource type, all derived from the model. */
final class ResourceRoutes {
  static final String TOTAL = "X-Count-Total";
  static final String ESTIMATED = "X-Count-Estimated";

  static final List<String> LIST_PARAMETERS =
      List.of(
          "namespace",
          "recursive",
          "propagated",
          "q",
          "fields",
          "order",
          "limit",
          "after",
          "page",
          "pageSize",
          "exactTotal",
          "explain");
  static final List<String> COUNT_PARAMETERS = List.of("namespace", "recursive", "propagated", "q");
  static final List<String> GET_PARAMETERS = List.of("namespace", "fields");
  static final List<String> WRITE_PARAMETERS = List.of("namespace", "dryRun", "override");

  /** The type whose creation is how one gets a token, and so needs none. */
  static final String PROOF_TYPE = "issue";

  private final Platform platform;
  private final HttpConfig.Sizes sizes;

  ResourceRoutes(Platform platform, HttpConfig.Sizes sizes) {
    this.platform = platform;
    this.sizes = sizes;
  }

  Route.Branch branch(ResourceType type) {
    var whole = RouteTable.PREFIX + type.plural();
    var item = whole + "/{id}";
    var wholeActions = new HashMap<String, Map<HttpMethod, Route>>();
    var itemActions = new HashMap<String, Map<HttpMethod, Route>>();
    for (var action : type.actions()) {
      var target = action.onType() ? wholeActions : itemActions;
      var path = (action.onType() ? whole : item) + "/" + action.name();
      target
          .computeIfAbsent(action.name(), _ -> new LinkedHashMap<>())
          .put(HttpMethod.valueOf(action.method()), action(type, action, path));
    }
    return new Route.Branch(whole(type, whole), item(type, item), wholeActions, itemActions);
  }

  private Map<HttpMethod, Route> whole(ResourceType type, String path) {
    var methods = new LinkedHashMap<HttpMethod, Route>();
    if (type.allows(Operation.LIST)) {
      methods.put(HttpMethod.GET, Route.reading(path, (r, c) -> list(type, r, c)));
    }
    if (type.allows(Operation.COUNT) || type.allows(Operation.LIST)) {
      methods.put(HttpMethod.HEAD, Route.reading(path, (r, c) -> count(type, r, c)));
    }
    if (type.allows(Operation.CREATE)) {
      var access = type.name().equals(PROOF_TYPE) ? Route.Access.PROOF : Route.Access.TOKEN;
      methods.put(
          HttpMethod.POST, new Route(path, access, sizes.bodyMax(), (r, c) -> create(type, r, c)));
    }
    return methods;
  }

  private Map<HttpMethod, Route> item(ResourceType type, String path) {
    var methods = new LinkedHashMap<HttpMethod, Route>();
    if (type.allows(Operation.GET)) {
      var get = Route.reading(path, (r, c) -> get(type, r, c));
      methods.put(HttpMethod.GET, get);
      methods.put(HttpMethod.HEAD, get);
    }
    if (type.allows(Operation.UPDATE)) {
      methods.put(HttpMethod.PUT, change(type, path, Operation.UPDATE));
    }
    if (type.allows(Operation.PATCH) || type.allows(Operation.UPDATE)) {
      methods.put(HttpMethod.PATCH, change(type, path, Operation.PATCH));
    }
    if (type.allows(Operation.DELETE)) {
      methods.put(HttpMethod.DELETE, Route.reading(path, (r, c) -> delete(type, r, c)));
    }
    return methods;
  }

  private Route change(ResourceType type, String path, Operation operation) {
    return Route.writing(path, sizes.bodyMax(), (r, c) -> change(type, operation, r, c));
  }

  private NamespacePath namespace(ApiRequest request, Call.Caller caller) {
    return request.namespace().orElseGet(() -> platform.defaultNamespace(caller.principal()));
  }

  private Reply list(ResourceType type, ApiRequest request, Call.Caller caller) {
    request.query().allow(LIST_PARAMETERS);
    var call = reading(Operation.LIST, type, request, caller, Optional.empty());
    if (!(platform.handle(call) instanceof Answer.Many many)) {
      throw new IllegalStateException("LIST of " + type.name() + " answered no page");
    }
    var total = many.total();
    var reply = Reply.json(200, many.resources()).with(TOTAL, Long.toString(total.count()));
    if (!total.exact()) {
      reply.with(ESTIMATED, "true");
    }
    many.next().ifPresent(next -> reply.with("Link", link(request, next)));
    many.plan().ifPresent(plan -> reply.with("X-Query-Plan", headerSafe(text(plan))));
    return reply;
  }

  private static String text(ResourceStore.Plan plan) {
    return Json.text(
        Tree.of("index", plan.index())
            .put("range", plan.range())
            .put("residual", plan.residual())
            .put("estimatedScan", plan.estimatedScan())
            .map());
  }

  /** Text for a header: what is not printable ASCII becomes a JSON escape. */
  private static String headerSafe(String json) {
    var safe = new StringBuilder(json.length());
    json.chars()
        .forEach(c -> safe.append(c >= ' ' && c < 127 ? (char) c : String.format("\\u%04x", c)));
    return safe.toString();
  }

  /** The same list, going on after its last element. */
  private static String link(ApiRequest request, String next) {
    var link = new StringBuilder("<").append(request.rawPath()).append('?');
    for (var parameter : request.query().values().entrySet()) {
      var name = parameter.getKey();
      if (!name.equals("after") && !name.equals("page")) {
        link.append(name).append('=').append(encode(parameter.getValue())).append('&');
      }
    }
    return link.append("after=").append(encode(next)).append(">; rel=\"next\"").toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Reply count(ResourceType type, ApiRequest request, Call.Caller caller) {
    request.query().allow(COUNT_PARAMETERS);
    var call = reading(Operation.COUNT, type, request, caller, Optional.empty());
    if (!(platform.handle(call) instanceof Answer.Count count)) {
      throw new IllegalStateException("COUNT of " + type.name() + " answered no count");
    }
    return Reply.empty(200).with(TOTAL, Long.toString(count.total()));
  }

  private Reply get(ResourceType type, ApiRequest request, Call.Caller caller) {
    request.query().allow(GET_PARAMETERS);
    var id = Optional.of(request.argument(0));
    var call = reading(Operation.GET, type, request, caller, id);
    var resource = one(platform.handle(call)).resource();
    var tag = ETag.of(resource);
    var known = request.header("If-None-Match");
    var unchanged = tag.isPresent() && known.isPresent() && ETag.matches(known.get(), tag.get());
    var reply = unchanged ? Reply.empty(304) : Reply.json(200, resource);
    tag.ifPresent(value -> reply.with("ETag", value));
    return reply.with("Cache-Control", "private, no-cache");
  }

  private static Answer.One one(Answer answer) {
    if (answer instanceof Answer.One one) {
      return one;
    }
    throw new IllegalStateException("One resource was to be answered, not " + answer.getClass());
  }

  private Call reading(
      Operation operation,
      ResourceType type,
      ApiRequest request,
      Call.Caller caller,
      Optional<String> id) {
    MediaTypes.requireAccepted(request.header("Accept"));
    return new Call(
        operation,
        type,
        namespace(request, caller),
        id,
        Map.of(),
        readingOf(request.query()),
        Call.Writing.DEFAULT,
        caller);
  }

  private static Call.Reading readingOf(Query query) {
    if (query.values().isEmpty()) {
      return Call.Reading.DEFAULT;
    }
    if (query.text("after").isPresent() && query.text("page").isPresent()) {
      throw Query.refusal("after-and-page", "page", "does not go together with \"after\"");
    }
    var limit = query.positive("limit");
    return new Call.Reading(
        query.flag("recursive"),
        query.flag("propagated"),
        query.text("q"),
        query.words("order"),
        query.words("fields"),
        limit.isPresent() ? limit : query.positive("pageSize"),
        query.text("after"),
        query.positive("page"),
        query.flag("exactTotal"),
        query.flag("explain"));
  }

  private Reply create(ResourceType type, ApiRequest request, Call.Caller caller) {
    var call = write(Operation.CREATE, type, request, caller, Optional.empty(), body(request));
    return written(type, request, call);
  }

  private Reply change(
      ResourceType type, Operation operation, ApiRequest request, Call.Caller caller) {
    MediaTypes.requireJson(request.header("Content-Type"), operation == Operation.PATCH);
    var id = Optional.of(request.argument(0));
    var call = write(operation, type, request, caller, id, request.object());
    return written(type, request, call);
  }

  private static Map<String, Object> body(ApiRequest request) {
    MediaTypes.requireJson(request.header("Content-Type"), false);
    return request.object();
  }

  private Reply delete(ResourceType type, ApiRequest request, Call.Caller caller) {
    var id = Optional.of(request.argument(0));
    platform.handle(write(Operation.DELETE, type, request, caller, id, Map.of()));
    return Reply.empty(204);
  }

  private Call write(
      Operation operation,
      ResourceType type,
      ApiRequest request,
      Call.Caller caller,
      Optional<String> id,
      Map<String, Object> body) {
    request.query().allow(WRITE_PARAMETERS);
    MediaTypes.requireAccepted(request.header("Accept"));
    return new Call(
        operation,
        type,
        namespace(request, caller),
        id,
        body,
        Call.Reading.DEFAULT,
        new Call.Writing(
            request.ifMatch(),
            operation == Operation.CREATE ? request.idempotencyKey() : Optional.empty(),
            request.query().flag("dryRun"),
            request.query().flag("override")),
        caller);
  }

  private Reply written(ResourceType type, ApiRequest request, Call call) {
    var one = one(platform.handle(call));
    var stored = !call.writing().dryRun();
    var id = Optional.ofNullable(one.resource().get("id")).filter(_ -> stored);
    var created = one.created() && id.isPresent();
    var minimal = request.wantsMinimal() && id.isPresent();
    var reply =
        minimal
            ? Reply.empty(created ? 201 : 204).with("Preference-Applied", "return=minimal")
            : Reply.json(created ? 201 : 200, one.resource());
    if (created) {
      reply.with("Location", RouteTable.PREFIX + type.plural() + "/" + id.get());
    }
    if (stored) {
      ETag.of(one.resource()).ifPresent(tag -> reply.with("ETag", tag));
    }
    return reply;
  }

  private Route action(ResourceType type, Action action, String path) {
    var reads = action.method().equals("GET");
    return reads
        ? Route.reading(path, (r, c) -> act(type, action, r, c, Map.of()))
        : Route.writing(
            path,
            sizes.bodyMax(),
            (r, c) -> act(type, action, r, c, r.body().length() == 0 ? Map.of() : body(r)));
  }

  private Reply act(
      ResourceType type,
      Action action,
      ApiRequest request,
      Call.Caller caller,
      Map<String, Object> body) {
    MediaTypes.requireAccepted(request.header("Accept"));
    var parameters = new LinkedHashMap<>(request.query().values());
    parameters.remove("namespace");
    var answer =
        platform.act(
            new ActionCall(
                action,
                type,
                namespace(request, caller),
                request.arguments().stream().findFirst(),
                body,
                parameters,
                caller));
    return answer.isEmpty() ? Reply.empty(204) : Reply.json(200, answer);
  }
}
