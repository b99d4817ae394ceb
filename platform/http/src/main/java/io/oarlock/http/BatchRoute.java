package io.oarlock.http;

import io.oarlock.engine.Answer;
import io.oarlock.engine.Call;
import io.oarlock.engine.Platform;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.model.Violation;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/batch}: several writes, all of them or none. */
final class BatchRoute {
  static final String WORD = "batch";

  /** Writes in one batch; as many as the engine takes. */
  static final int OPERATIONS_MAX = 500;

  private static final List<String> MEMBERS =
      List.of("operation", "type", "id", "namespace", "version", "body");
  private static final List<String> OPERATIONS = List.of("Create", "Update", "Patch", "Delete");

  private final Platform platform;

  BatchRoute(Platform platform) {
    this.platform = platform;
  }

  Route.Branch branch(int bodyMax) {
    var route = Route.writing(RouteTable.PREFIX + WORD, bodyMax, this::handle);
    return Route.Branch.of(Map.of(HttpMethod.POST, route), Map.of());
  }

  private Reply handle(ApiRequest request, Call.Caller caller) {
    request.query().allow(ResourceRoutes.WRITE_PARAMETERS);
    MediaTypes.requireAccepted(request.header("Accept"));
    MediaTypes.requireJson(request.header("Content-Type"), false);
    if (!(request.json() instanceof List<?> elements)) {
      throw Problem.malformed("A batch is a JSON array of {operation, type, id, body}");
    }
    if (elements.isEmpty() || elements.size() > OPERATIONS_MAX) {
      throw Problem.malformed("A batch has 1 to " + OPERATIONS_MAX + " operations");
    }
    var calls = calls(elements, request, caller);
    var answers = platform.batch(calls);
    var results = new ArrayList<Object>(answers.size());
    answers.forEach(answer -> results.add(result(answer)));
    return Reply.json(200, results);
  }

  private List<Call> calls(List<?> elements, ApiRequest request, Call.Caller caller) {
    var namespace =
        request.namespace().orElseGet(() -> platform.defaultNamespace(caller.principal()));
    var violations = new ArrayList<Violation>();
    var calls = new ArrayList<Call>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      var reader = new Reader(elements.get(i), i, violations);
      reader.call(request, caller, namespace).ifPresent(calls::add);
    }
    if (!violations.isEmpty()) {
      throw Problem.invalid(violations);
    }
    return calls;
  }

  private static Map<String, Object> result(Answer answer) {
    var result = new LinkedHashMap<String, Object>();
    switch (answer) {
      case Answer.One one -> {
        result.put("status", one.created() ? 201L : 200L);
        result.put("resource", one.resource());
      }
      case Answer.Gone _ -> result.put("status", 204L);
      case Answer.Many _, Answer.Count _ ->
          throw new IllegalStateException("A batch of writes answered a reading");
    }
    return result;
  }

  /** Reads one element, noting all that is wrong with it. */
  private final class Reader {
    private final @Nullable Object element;
    private final int index;
    private final List<Violation> violations;

    Reader(@Nullable Object element, int index, List<Violation> violations) {
      this.element = element;
      this.index = index;
      this.violations = violations;
    }

    Optional<Call> call(ApiRequest request, Call.Caller caller, NamespacePath fallback) {
      if (!(element instanceof Map<?, ?> map)) {
        refuse("not-an-object", "An operation is a JSON object", "");
        return Optional.empty();
      }
      var before = violations.size();
      map.keySet().forEach(this::checkMember);
      var operation = operation(map.get("operation"));
      var type = type(map.get("type"));
      var id = text(map, "id");
      var needsId = operation.isPresent() && operation.get() != Operation.CREATE;
      if (needsId && id.isEmpty()) {
        refuse("required", "All operations but Create name an id", "/id");
      }
      var namespace = text(map, "namespace").map(this::namespace).orElse(fallback);
      var body = body(map.get("body"));
      var version = version(map.get("version"));
      if (violations.size() > before || operation.isEmpty() || type.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Call(
              operation.get(),
              type.get(),
              namespace,
              id,
              body,
              Call.Reading.DEFAULT,
              writing(request, version),
              caller));
    }

    /** Each write of a repeated batch is recognised by the batch's key and its place. */
    private Call.Writing writing(ApiRequest request, Optional<Long> version) {
      return new Call.Writing(
          version,
          request.idempotencyKey().map(key -> key + "#" + index),
          request.query().flag("dryRun"),
          request.query().flag("override"));
    }

    private void checkMember(Object member) {
      if (member instanceof String name && !MEMBERS.contains(name)) {
        var violation =
            Violation.of(
                "unknown-attribute", "There is no member \"" + name + "\"", at("/" + name));
        violations.add(
            Suggest.didYouMean(name, MEMBERS).map(violation::withHint).orElse(violation));
      }
    }

    private Optional<Operation> operation(@Nullable Object value) {
      var found =
          value instanceof String text
              ? Operation.parse(text).filter(Operation::writes)
              : Optional.<Operation>empty();
      if (found.isEmpty()) {
        refuse("not-a-choice", "The operation is one of " + OPERATIONS, "/operation");
      }
      return found;
    }

    private Optional<ResourceType> type(@Nullable Object value) {
      var found =
          value instanceof String text
              ? platform.model().find(text)
              : Optional.<ResourceType>empty();
      if (found.isEmpty()) {
        var violation = Violation.of("unknown-type", "There is no type " + value, at("/type"));
        violations.add(
            Suggest.didYouMean(String.valueOf(value), platform.model().words())
                .map(violation::withHint)
                .orElse(violation));
      }
      return found;
    }

    private Optional<String> text(Map<?, ?> map, String member) {
      return switch (map.get(member)) {
        case null -> Optional.empty();
        case String text when !text.isEmpty() -> Optional.of(text);
        case Object _ -> {
          refuse("not-text", "This is a text", "/" + member);
          yield Optional.empty();
        }
      };
    }

    private NamespacePath namespace(String text) {
      try {
        return NamespacePath.of(text);
      } catch (IllegalArgumentException e) {
        refuse("not-a-namespace", String.valueOf(e.getMessage()), "/namespace");
        return NamespacePath.ROOT;
      }
    }

    private Optional<Long> version(@Nullable Object value) {
      if (value == null || value instanceof Long) {
        return Optional.ofNullable((Long) value);
      }
      refuse("not-a-number", "The version is the number it has in the resource", "/version");
      return Optional.empty();
    }

    @SuppressWarnings("unchecked") // JSON objects have no other keys than text
    private Map<String, Object> body(@Nullable Object value) {
      if (value == null || value instanceof Map) {
        return value == null ? Map.of() : (Map<String, Object>) value;
      }
      refuse("not-an-object", "The body is a JSON object", "/body");
      return Map.of();
    }

    private void refuse(String code, String detail, String pointer) {
      violations.add(Violation.of(code, detail, at(pointer)));
    }

    private String at(String pointer) {
      return "/" + index + pointer;
    }
  }
}
