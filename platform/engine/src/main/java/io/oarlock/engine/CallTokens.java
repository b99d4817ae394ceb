package io.oarlock.engine;

import io.oarlock.automations.RunResult;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import io.oarlock.model.Problem;
import io.oarlock.store.Document;
import io.oarlock.store.ResourceStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Calls from outside. A token is looked up by its hash, so the time of the answer tells nothing of
 * how much of it was right, and a stolen database opens no URL.
 */
final class CallTokens {
  static final String TYPE = "calltoken";

  /** Longest body of a call, in characters. */
  private static final int BODY_MAX = 1024 * 1024;

  private final ResourceStore store;
  private final Automations automations;
  private final Runs runs;
  private final Clock clock;

  CallTokens(ResourceStore store, Automations automations, Runs runs, Clock clock) {
    this.store = store;
    this.automations = automations;
    this.runs = runs;
    this.clock = clock;
  }

  /** What a token is stored as. */
  static String id(String token) {
    return Idempotency.hash("call token\n" + token);
  }

  InboundCall.Reply call(InboundCall call) {
    var automation = automation(call.token());
    var input = new LinkedHashMap<String, Object>();
    payload(call).ifPresent(payload -> input.put("payload", payload));
    input.put("call", Map.of("headers", new TreeMap<>(call.headers())));
    var cause = Cause.call(call.origin());
    var isSync = !"Async".equals(automation.trigger().get("response"));
    if (!isSync) {
      var run = runs.start(automation, cause, input, Map.of());
      return new InboundCall.Reply(202, Map.of(), Optional.of(Map.of("run", run)));
    }
    try {
      return reply(runs.now(automation, cause, input, Map.of()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("interrupted", "The platform is stopping; call again later");
    }
  }

  private Automation automation(String token) {
    return store
        .get(TYPE, id(token))
        .filter(this::holds)
        .flatMap(found -> automations.get(Trees.required(found.body(), "automation")))
        .filter(found -> !found.disabled() && found.kind().equals("OnCall"))
        .orElseThrow(() -> Problem.notFound("There is no such URL"));
  }

  /** A run that a call of this URL began; what the script logged is not for the caller. */
  Map<String, Object> run(String token, String id) {
    var automation = automation(token);
    var run =
        store
            .get(Runs.TYPE, id)
            .map(Document::body)
            .filter(body -> automation.id().equals(body.get("automation")))
            .filter(body -> "Call".equals(Trees.object(body.get("cause")).get("kind")))
            .orElseThrow(() -> Problem.notFound("There is no such run of this URL"));
    var shown = new LinkedHashMap<String, Object>();
    for (var name : List.of("id", "status", "result", "queuedAt", "startedAt", "endedAt")) {
      Optional.ofNullable(run.get(name)).ifPresent(value -> shown.put(name, value));
    }
    return shown;
  }

  private boolean holds(Document token) {
    return Trees.instant(token.body(), "expirationTime")
        .filter(end -> !clock.instant().isBefore(end))
        .isEmpty();
  }

  private static Optional<Object> payload(InboundCall call) {
    if (call.body().isEmpty()) {
      return Optional.empty();
    }
    if (call.body().length() > BODY_MAX) {
      throw Problem.tooLarge("A call has at most " + BODY_MAX + " characters of body");
    }
    try {
      return Optional.ofNullable(Json.parse(call.body().getBytes(StandardCharsets.UTF_8)));
    } catch (JsonException e) {
      throw Problem.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static InboundCall.Reply reply(Runs.Ended ended) {
    return switch (ended.result()) {
      case RunResult.Succeeded(var value, _) -> success(Optional.ofNullable(value));
      case RunResult.Skipped _ -> new InboundCall.Reply(204, Map.of(), Optional.empty());
      case RunResult.Refused(var reason, _, _) -> throw Problem.forbidden("refused", reason);
      case RunResult.Failed _ -> throw failed(ended, "it failed");
      case RunResult.LimitExceeded(var limit, _, _) -> throw failed(ended, "it passed " + limit);
      case RunResult.TimedOut _ -> throw failed(ended, "it took too long");
      case RunResult.Lost _ -> throw failed(ended, "its worker was lost");
      case RunResult.Cancelled _ -> throw failed(ended, "it was cancelled");
    };
  }

  /** Callers from outside learn that it failed and where to look, not what the script said. */
  private static Problem failed(Runs.Ended ended, String how) {
    return new Problem(
        Problem.Kind.INTERNAL,
        "run-failed",
        "The automation did not answer",
        "Run " + ended.run().id() + " gave no answer: " + how,
        List.of());
  }

  private static InboundCall.Reply success(Optional<Object> value) {
    var shaped = value.map(Trees::object).filter(tree -> tree.get("statusCode") instanceof Long);
    if (shaped.isEmpty()) {
      return new InboundCall.Reply(200, Map.of(), value);
    }
    var tree = shaped.get();
    var status = (int) Trees.number(tree, "statusCode", 200);
    var headers = new TreeMap<String, String>();
    Trees.object(tree.get("headers"))
        .forEach((name, text) -> headers.put(name, String.valueOf(text)));
    return new InboundCall.Reply(
        status >= 200 && status <= 599 ? status : 500,
        headers,
        Optional.ofNullable(tree.get("body")));
  }
}
