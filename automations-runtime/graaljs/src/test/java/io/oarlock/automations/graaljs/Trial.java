package io.oarlock.automations.graaljs;

import io.oarlock.automations.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs a source in this process, with a host that answers each call with what it was asked.
final class Trial implements ScriptHost {

  private static final ScriptEngine ENGINE = new ScriptEngine();

  final List<String> logs = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  private final CompletableFuture<Void> called = new CompletableFuture<>();
  private final ScriptRun run;

  private Trial(Script script, String facts) {
    run = ENGINE.prepare(script, facts, 1 << 20, this);
  }

  static Trial of(String source) {
    return of(source, "{\"event\":{\"object\":{\"name\":\"a\"}},\"params\":{\"n\":1}}");
  }

  static Trial of(String source, String facts) {
    return new Trial(Script.of("user.mjs", source), facts);
  }

  static Trial of(String source, Map<String, String> modules) {
    return new Trial(new Script("user.mjs", "1", source, modules), "{}");
  }

  Outcome run() {
    try (run) {
      return run.run();
    }
  }

  /// What the script answered, as JSON; anything else fails the test with what happened.
  String result() {
    return switch (run()) {
      case Outcome.Succeeded(var json) -> json.orElse("nothing");
      case Outcome other -> throw new AssertionError(other.toString());
    };
  }

  Outcome.Failed failure() {
    return (Outcome.Failed) run();
  }

  /// Stops the script a moment after it has called for something it gets no answer to.
  Outcome stoppedAtItsCall() {
    var stopper =
        called.thenRunAsync(
            run::stop, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    var outcome = run();
    stopper.join();
    return outcome;
  }

  @Override
  public void call(int id, String operation, String arguments) {
    calls.add(operation + " " + arguments);
    switch (operation) {
      case "api.get" ->
          run.answer(
              id, false, "{\"code\":\"not-found\",\"message\":\"no such\",\"details\":{\"a\":1}}");
      case "api.remove", "secrets.get", "kv.get" -> run.answer(id, true, null);
      case "api.list" -> run.answer(id, true, "[" + arguments + "]");
      case "kv.set" -> called.complete(null);
      case "fetch" ->
          run.answer(
              id,
              true,
              "{\"status\":201,\"url\":\"https://a.b/c\",\"headers\":{\"x-a\":\"1\"},\"body\":\"{}\"}");
      default -> run.answer(id, true, arguments);
    }
  }

  @Override
  public void log(String level, String message) {
    logs.add(level + " " + message);
  }
}
