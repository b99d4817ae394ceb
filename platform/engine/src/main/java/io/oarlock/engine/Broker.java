package io.oarlock.engine;

import io.oarlock.automations.HostCallException;
import io.oarlock.automations.LogLine;
import io.oarlock.model.NamespacePath;
import io.oarlock.model.Operation;
import io.oarlock.model.Problem;
import io.oarlock.model.ResourceModel;
import io.oarlock.model.ResourceType;
import io.oarlock.model.Suggest;
import io.oarlock.store.Document;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one run may ask of the platform. Calls go through the same pipeline as everybody's, as a
 * principal that has the automation's entitlements and no more than its author's rights right now.
 * In a dry run, writes and requests are noted and not made.
 */
final class Broker implements RunCalls {
  private final ResourceModel model;
  private final Function<Call, Answer> platform;
  private final Values values;
  private final Brokers.Fetches fetches;
  private final Automation automation;
  private final Document run;
  private final Tracing tracing;
  private final Optional<String> trace;
  private final Runnable begun;
  private final boolean dryRun;
  private final RunLog log = new RunLog();
  private final Recording recording = new Recording();

  Broker(
      ResourceModel model,
      Function<Call, Answer> platform,
      Values values,
      Brokers.Fetches fetches,
      Tracing tracing,
      Automation automation,
      Document run,
      Optional<String> trace,
      Runnable begun) {
    this.model = model;
    this.platform = platform;
    this.values = values;
    this.fetches = fetches;
    this.automation = automation;
    this.run = run;
    this.tracing = tracing;
    this.trace = trace;
    this.begun = begun;
    this.dryRun = Trees.truth(run.body(), "dryRun");
  }

  @Override
  public RunLog log() {
    return log;
  }

  @Override
  public Optional<Recording> recording() {
    return dryRun ? Optional.empty() : Optional.of(recording);
  }

  @Override
  public void begun() {
    begun.run();
  }

  @Override
  public void log(LogLine line) {
    log.add(line);
  }

  @Override
  public @Nullable Object call(String operation, Map<String, Object> arguments)
      throws HostCallException {
    try (var span = tracing.part(operation, Tracing.Kind.INTERNAL, trace)) {
      var answer = watched(span, operation, arguments);
      recording.answered(operation, arguments, answer);
      return answer;
    } catch (HostCallException e) {
      recording.refused(operation, arguments, e);
      throw e;
    }
  }

  private @Nullable Object watched(
      Tracing.Span span, String operation, Map<String, Object> arguments) throws HostCallException {
    try {
      return switch (operation) {
        case "api.list" -> many(api(Operation.LIST, arguments));
        case "api.count" -> api(Operation.COUNT, arguments) instanceof Answer.Count(var n) ? n : 0L;
        case "api.get" -> one(api(Operation.GET, arguments));
        case "api.create" -> one(api(Operation.CREATE, arguments));
        case "api.update" -> one(api(Operation.UPDATE, arguments));
        case "api.patch" -> one(api(Operation.PATCH, arguments));
        case "api.remove" -> one(api(Operation.DELETE, arguments));
        case "fetch" -> fetch(arguments);
        case "kv.get" -> values.get(automation, text(arguments, "key"));
        case "kv.set" -> set(arguments);
        case "kv.increment" -> increment(arguments);
        case "kv.compareAndSet" -> compareAndSet(arguments);
        case "kv.delete" -> delete(arguments);
        case "secrets.get" -> secret(arguments);
        default -> throw new HostCallException("unknown", "There is no call " + operation);
      };
    } catch (Problem e) {
      span.failed(e.code());
      throw refusal(e);
    } catch (HostCallException e) {
      span.failed(e.code());
      throw e;
    }
  }

  private static HostCallException refusal(Problem problem) {
    var details = new LinkedHashMap<String, Object>();
    details.put("status", (long) problem.kind().status());
    var errors = new java.util.ArrayList<Object>();
    for (var violation : problem.violations()) {
      errors.add(
          Map.of(
              "code", violation.code(),
              "detail", violation.detail(),
              "pointer", violation.pointer()));
    }
    details.put("errors", errors);
    return new HostCallException(problem.code(), problem.detail(), details);
  }

  private Answer api(Operation operation, Map<String, Object> arguments) throws HostCallException {
    var type = type(text(arguments, "type"));
    log.used(type.name(), Permissions.needed(operation).permission());
    requireEntitled(type, operation);
    var call = call(operation, type, arguments);
    if (dryRun && operation.writes()) {
      var detail = new LinkedHashMap<>(arguments);
      detail.put("operation", operation.wire());
      log.effect("Api", detail);
    }
    return platform.apply(call);
  }

  private ResourceType type(String word) throws HostCallException {
    var type = model.find(word);
    if (type.isEmpty()) {
      throw new HostCallException(
          "unknown-type",
          "There is no resource type "
              + word
              + Suggest.didYouMean(word, model.words()).map(hint -> ". " + hint).orElse(""));
    }
    return type.get();
  }

  private void requireEntitled(ResourceType type, Operation operation) throws HostCallException {
    if (!Permissions.parse(automation.permissions()).allows(type.name(), operation)) {
      var verb = Permissions.needed(operation).permission();
      throw new HostCallException(
          "not-entitled",
          "The automation "
              + automation.name()
              + " has no entitlement to "
              + verb
              + " "
              + type.name()
              + "; add {\""
              + type.name()
              + "\": [\""
              + verb
              + "\"]} to its entitlements");
    }
  }

  private Call call(Operation operation, ResourceType type, Map<String, Object> arguments) {
    var origin = new Call.Origin(run.id(), tracing.current().or(() -> trace), Optional.empty());
    var cause = Trees.object(run.body().get("cause"));
    var caller =
        new Call.Caller(automation.principal(), Cause.after("Run", run.id(), cause), origin);
    var query = Trees.object(arguments.get("query"));
    var override = Trees.truth(query, "override");
    return new Call(
        operation,
        type,
        Trees.text(arguments, "namespace").map(NamespacePath::of).orElse(automation.namespace()),
        Trees.text(arguments, "id"),
        Trees.object(arguments.get("object")),
        reading(query),
        new Call.Writing(Optional.empty(), Optional.empty(), dryRun, override),
        caller);
  }

  private static Call.Reading reading(Map<String, Object> query) {
    return new Call.Reading(
        Trees.truth(query, "recursive"),
        Trees.truth(query, "propagated"),
        Trees.text(query, "filter").or(() -> Trees.text(query, "q")),
        words(query.get("order")),
        words(query.get("fields")),
        number(query, "limit").or(() -> number(query, "pageSize")),
        Trees.text(query, "after"),
        number(query, "page"),
        false,
        false);
  }

  private static List<String> words(@Nullable Object value) {
    return value instanceof String one ? List.of(one.split(",", -1)) : Trees.texts(value);
  }

  private static Optional<Integer> number(Map<String, Object> query, String name) {
    return query.get(name) instanceof Number number
        ? Optional.of(number.intValue())
        : Optional.empty();
  }

  private static List<Object> many(Answer answer) {
    return answer instanceof Answer.Many many ? List.copyOf(many.resources()) : List.of();
  }

  private static @Nullable Object one(Answer answer) {
    return switch (answer) {
      case Answer.One(var resource, _) -> resource;
      case Answer.Gone(var resource) -> resource;
      case Answer.Many _, Answer.Count _ -> null;
    };
  }

  private Object fetch(Map<String, Object> arguments) throws HostCallException {
    if (dryRun) {
      fetches.requireHost(automation, text(arguments, "url"));
      log.effect("Fetch", arguments);
      return Map.of("url", text(arguments, "url"), "status", 200L, "headers", Map.of(), "body", "");
    }
    return fetches.fetch(automation, arguments);
  }

  private @Nullable Object set(Map<String, Object> arguments) throws HostCallException {
    note(arguments);
    values.set(
        automation, text(arguments, "key"), arguments.get("value"), Trees.text(arguments, "ttl"));
    return null;
  }

  private Object increment(Map<String, Object> arguments) throws HostCallException {
    note(arguments);
    var by = Trees.number(arguments, "by", 1);
    return values.increment(automation, text(arguments, "key"), by, Trees.text(arguments, "ttl"));
  }

  private Object compareAndSet(Map<String, Object> arguments) throws HostCallException {
    note(arguments);
    return values.compareAndSet(
        automation,
        text(arguments, "key"),
        Optional.ofNullable(arguments.get("expected")),
        arguments.get("value"),
        Trees.text(arguments, "ttl"));
  }

  private Object delete(Map<String, Object> arguments) throws HostCallException {
    note(arguments);
    return values.delete(automation, text(arguments, "key"));
  }

  /** What a dry run changes is in its own values alone. */
  private void note(Map<String, Object> arguments) {
    if (dryRun) {
      log.effect("Kv", arguments);
    }
  }

  private @Nullable Object secret(Map<String, Object> arguments) throws HostCallException {
    fetches.requireSecret(automation, text(arguments, "name"));
    return null;
  }

  private static String text(Map<String, Object> arguments, String name) throws HostCallException {
    var value = Trees.text(arguments, name);
    if (value.isEmpty()) {
      throw new HostCallException("bad-argument", name + " is missing or no text");
    }
    return value.get();
  }
}
