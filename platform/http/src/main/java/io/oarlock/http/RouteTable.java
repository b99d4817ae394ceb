package io.oarlock.http;

import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Suggest;
import io.oarlock.model.Violation;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is served where. Filled at start, read by all event loops afterwards. */
final class RouteTable {
  static final String PREFIX = "/v1/";

  /** Longest part of a path that names a resource. */
  static final int ARGUMENT_MAX = 512;

  private final ResourceModel model;
  private final Map<String, Map<HttpMethod, Route>> fixed = new HashMap<>();
  private final Map<String, Route.Branch> branches = new HashMap<>();

  RouteTable(ResourceModel model) {
    this.model = model;
  }

  void add(String path, Map<HttpMethod, Route> methods) {
    if (fixed.putIfAbsent(path, methods) != null) {
      throw new IllegalArgumentException("Two routes for " + path);
    }
  }

  void addBranch(String word, Route.Branch branch) {
    if (branches.putIfAbsent(word, branch) != null) {
      throw new IllegalArgumentException("Two routes for " + PREFIX + word);
    }
  }

  /**
   * The router: three routes serve every type, by parameters, so that a type more costs no request
   * anything. A handler that throws a Problem refuses with it.
   */
  Router router(Vertx vertx, Handler<RoutingContext> first, Begin begin) {
    var router = Router.router(vertx);
    router.route().handler(first);
    router.route(PREFIX + ":word").handler(context -> begin.accept(context, whole(context)));
    router.route(PREFIX + ":word/:id").handler(context -> begin.accept(context, item(context)));
    router
        .route(PREFIX + ":word/:id/:action")
        .handler(context -> begin.accept(context, action(context)));
    fixed.forEach((path, methods) ->
        router
            .route(path)
            .handler(context -> begin.accept(context, choose(context, methods, List.of()))));
    return router;
  }

  /** What a route found does with the request. */
  interface Begin {
    void accept(RoutingContext context, Route.Match match);
  }

  private Route.Match whole(RoutingContext context) {
    return choose(context, branch(context).whole(), List.of());
  }

  private Route.Match item(RoutingContext context) {
    var branch = branch(context);
    var action = branch.wholeActions().get(part(context, "id"));
    return action != null
            && (action.containsKey(context.request().method()) || branch.item().isEmpty())
        ? choose(context, action, List.of())
        : choose(context, branch.item(), arguments(context));
  }

  private Route.Match action(RoutingContext context) {
    var branch = branch(context);
    var word = part(context, "action");
    var action = branch.itemActions().get(word);
    if (action == null) {
      throw unknownAction(word, branch);
    }
    return choose(context, action, arguments(context));
  }

  private Route.Branch branch(RoutingContext context) {
    var path = Exchange.path(context.request());
    if (path.endsWith("/")) {
      throw unknownRoute(path);
    }
    var word = part(context, "word");
    var branch = branches.get(word);
    if (branch == null) {
      throw unknownType(word);
    }
    return branch;
  }

  private static String part(RoutingContext context, String name) {
    return Objects.requireNonNull(context.pathParam(name));
  }

  private static List<String> arguments(RoutingContext context) {
    var argument = part(context, "id");
    if (argument.length() > ARGUMENT_MAX) {
      throw Problem.notFound("An id or name:NAME has 1 to " + ARGUMENT_MAX + " characters");
    }
    return List.of(argument);
  }

  private static Route.Match choose(
      RoutingContext context, Map<HttpMethod, Route> methods, List<String> arguments) {
    if (methods.isEmpty()) {
      throw unknownRoute(Exchange.path(context.request()));
    }
    var method = context.request().method();
    var route = methods.get(method);
    return new Route.Match(route == null ? notAllowed(method, methods) : route, arguments);
  }

  private static Route notAllowed(HttpMethod method, Map<HttpMethod, Route> methods) {
    var template = methods.values().iterator().next().template();
    var allow = Route.allow(methods.keySet());
    if (method.equals(HttpMethod.OPTIONS)) {
      return Route.open(template, (request, _) -> Reply.empty(204).with("Allow", allow));
    }
    var problem =
        new Problem(
            Problem.Kind.METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "This cannot be done here",
            template + " takes " + allow,
            List.of());
    return Route.open(
        template,
        (request, _) -> Problems.reply(problem, request.origin().requestId()).with("Allow", allow));
  }

  static Problem unknownRoute(String path) {
    var hint = path.length() > 1 && path.endsWith("/") ? " (leave out the last slash)" : "";
    return Problem.notFound(
        "There is nothing at " + path + hint + ". /openapi.json lists all there is");
  }

  private Problem unknownType(String word) {
    var meant = model.find(word).map(type -> "Use " + PREFIX + type.plural());
    var hint = meant.or(() -> Suggest.didYouMean(word, branches.keySet()));
    var detail =
        "There is no type with the plural \"" + word + "\"" + hint.map(h -> ". " + h).orElse("");
    var violation = Violation.of("unknown-type", detail, "");
    return new Problem(
        Problem.Kind.NOT_FOUND,
        "unknown-type",
        "Unknown type",
        detail,
        List.of(hint.map(violation::withHint).orElse(violation)));
  }

  private static Problem unknownAction(String word, Route.Branch branch) {
    var known = branch.itemActions().keySet();
    var hint = Suggest.didYouMean(word, known).map(h -> ". " + h).orElse("");
    return Problem.notFound("There is no action \"" + word + "\" here" + hint);
  }
}
