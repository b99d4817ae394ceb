package io.oarlock.http;

import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.Suggest;
import io.oarlock.model.Violation;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the route of a path by one or two hash lookups, however many types the model has. Filled at
 * start, read by all event loops afterwards.
 */
final class RouteTable {
  static final String PREFIX = "/v1/";

  /** Longest part of a path that names a resource. */
  static final int ARGUMENT_MAX = 512;

  private static final int DEPTH_MAX = 3;

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

  Route.Match find(HttpMethod method, String path) {
    if (!path.startsWith(PREFIX)) {
      var methods = fixed.get(path);
      if (methods == null) {
        throw unknownRoute(path);
      }
      return choose(method, path, methods, List.of());
    }
    return below(method, path, segments(path));
  }

  private Route.Match below(HttpMethod method, String path, List<String> segments) {
    var word = segments.getFirst();
    var branch = branches.get(word);
    if (branch == null) {
      throw unknownType(word);
    }
    if (segments.size() == 1) {
      return choose(method, path, branch.whole(), List.of());
    }
    if (segments.size() == 2) {
      var action = branch.wholeActions().get(segments.get(1));
      return action != null && (action.containsKey(method) || branch.item().isEmpty())
          ? choose(method, path, action, List.of())
          : choose(method, path, branch.item(), arguments(segments));
    }
    var action = branch.itemActions().get(segments.get(2));
    if (action == null) {
      throw unknownAction(segments.get(2), branch);
    }
    return choose(method, path, action, arguments(segments));
  }

  private static List<String> arguments(List<String> segments) {
    var argument = Query.decodeSegment(segments.get(1));
    if (argument.isEmpty() || argument.length() > ARGUMENT_MAX) {
      throw Problem.notFound("An id or name:NAME has 1 to " + ARGUMENT_MAX + " characters");
    }
    return List.of(argument);
  }

  private static Route.Match choose(
      HttpMethod method, String path, Map<HttpMethod, Route> methods, List<String> arguments) {
    if (methods.isEmpty()) {
      throw unknownRoute(path);
    }
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

  private static List<String> segments(String path) {
    var found = new ArrayList<String>(DEPTH_MAX);
    var from = PREFIX.length();
    while (found.size() <= DEPTH_MAX) {
      var slash = path.indexOf('/', from);
      if (slash < 0) {
        found.add(path.substring(from));
        return checked(found, path);
      }
      found.add(path.substring(from, slash));
      from = slash + 1;
    }
    throw unknownRoute(path);
  }

  private static List<String> checked(List<String> segments, String path) {
    if (segments.size() > DEPTH_MAX || segments.getLast().isEmpty()) {
      throw unknownRoute(path);
    }
    return segments;
  }

  private static Problem unknownRoute(String path) {
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
