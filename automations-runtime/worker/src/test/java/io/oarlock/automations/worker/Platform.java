package io.oarlock.automations.worker;

import io.oarlock.automations.Entry;
import io.oarlock.automations.HostCallException;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.Script;
import io.oarlock.automations.ScriptError;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A platform around a real pool: keeps what scripts logged, answers their calls with an echo.
final class Platform implements HostCalls, AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  final WorkerPool pool;
  final List<LogLine> logs = new CopyOnWriteArrayList<>();
  final List<String> calls = new CopyOnWriteArrayList<>();

  Platform(WorkerPoolConfig config) throws IOException {
    pool = new WorkerPool(config);
  }

  static WorkerPoolConfig config() throws IOException {
    var classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    var run = Files.createTempDirectory("oarlock-run");
    run.toFile().deleteOnExit(); // pools leave it empty
    return WorkerPoolConfig.defaults(classPath, run, Path.of("target", "worker-cache"));
  }

  static int runsSoFar() {
    return COUNT.get();
  }

  RunResult run(String tenant, String source, Limits limits) {
    return run(tenant, Script.of("user.mjs", source), limits);
  }

  RunResult run(String tenant, Script script, Limits limits) {
    var request =
        new RunRequest(
            "run-" + COUNT.incrementAndGet(),
            tenant,
            script,
            Entry.EVENT,
            Map.of("event", Map.of("object", Map.of("name", "a"))),
            limits);
    try {
      return pool.run(request, this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  RunResult run(String tenant, String body) {
    return run(tenant, "export default async function (ctx) {" + body + "}", Limits.defaults());
  }

  @Nullable Object value(String tenant, String body) {
    return switch (run(tenant, body)) {
      case RunResult.Succeeded(var value, var usage) -> value;
      case RunResult other -> throw new AssertionError(other.toString());
    };
  }

  CompletableFuture<RunResult> later(String tenant, String source, Limits limits) {
    return CompletableFuture.supplyAsync(
        () -> run(tenant, source, limits), Thread::startVirtualThread);
  }

  /// How far beyond its limit a run ended.
  static long overrunMillis(RunResult result, Limits limits) {
    return result.usage().wallTime().minus(limits.wallTime()).toMillis();
  }

  static Optional<Integer> line(RunResult result) {
    return switch (result) {
      case RunResult.TimedOut(var where, var usage) -> where.map(ScriptError::line);
      case RunResult.LimitExceeded(var limit, var where, var usage) -> where.map(ScriptError::line);
      case RunResult other -> throw new AssertionError(other.toString());
    };
  }

  @Override
  public Object call(String operation, Map<String, Object> arguments) throws HostCallException {
    calls.add(operation);
    if (operation.equals("api.get")) {
      throw new HostCallException("not-found", "there is none");
    }
    return arguments;
  }

  @Override
  public void log(LogLine line) {
    logs.add(line);
  }

  List<String> logged() {
    return logs.stream().map(line -> line.level() + " " + line.message()).toList();
  }

  @Override
  public void close() {
    pool.close();
  }
}
