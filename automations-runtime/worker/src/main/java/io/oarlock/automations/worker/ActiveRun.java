package io.oarlock.automations.worker;

import io.oarlock.automations.HostCallException;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.LogLine;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.Usage;
import io.oarlock.json.Json;
import io.oarlock.json.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// The platform's side of one run. The worker's reader feeds it; the caller of the runner drains
/// it, so that log lines are handed out in order and none after the result.
final class ActiveRun {

  private static final Set<String> OPERATIONS =
      Set.of(
          "api.list",
          "api.count",
          "api.get",
          "api.create",
          "api.update",
          "api.patch",
          "api.remove",
          "fetch",
          "kv.get",
          "kv.set",
          "kv.increment",
          "kv.compareAndSet",
          "kv.delete",
          "secrets.get");

  /// Fits a frame in whatever script it is written.
  private static final int ANSWER_CHARACTERS_MAX = 4 << 20;

  private sealed interface Happening {
    record Logged(LogLine line) implements Happening {}

    record Ended(RunResult result) implements Happening {}
  }

  private final RunRequest request;
  private final HostCalls host;
  private final Duration queued;
  private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger apiCalls = new AtomicInteger();
  private final AtomicInteger outboundRequests = new AtomicInteger();
  private final LogBudget logs;
  private final Queue<Future<?>> kills = new ConcurrentLinkedQueue<>();
  private volatile long startNanos = System.nanoTime();
  private volatile Optional<ScriptError> stood = Optional.empty();
  private volatile long cpuNanos;
  private volatile long allocatedBytes;
  private volatile long logBytesDroppedThere;

  ActiveRun(RunRequest request, HostCalls host, Duration queued) {
    this.request = request;
    this.host = host;
    this.queued = queued;
    logs = new LogBudget(request.limits().logBytes());
  }

  String id() {
    return request.runId();
  }

  Limits limits() {
    return request.limits();
  }

  long allocatedBytes() {
    return allocatedBytes;
  }

  /// Its wall clock starts now: what was done before was no work of the script's.
  void start() {
    startNanos = System.nanoTime();
  }

  Frame runFrame() {
    var limits = request.limits();
    return Frame.of(
        Frame.Kind.RUN,
        Map.of(
            "run", id(),
            "script", WireScript.tree(request.script()),
            "wallNanos", limits.wallTime().toNanos(),
            "cpuNanos", limits.cpuTime().toNanos(),
            "memoryBytes", limits.memoryBytes(),
            "logBytes", limits.logBytes(),
            "resultBytes", limits.resultBytes()),
        Json.text(request.context()));
  }

  /// What to call off once the run has ended.
  void callOffAtEnd(Future<?> kill) {
    kills.add(kill);
  }

  /// Hands log lines to the host until the run has ended.
  RunResult await() throws InterruptedException {
    while (true) {
      switch (happenings.take()) {
        case Happening.Logged(var line) -> host.log(line);
        case Happening.Ended(var result) -> {
          return result;
        }
      }
    }
  }

  void log(String level, String message) {
    if (!ended.get() && logs.takes(message.length())) {
      happenings.add(new Happening.Logged(new LogLine(Instant.now(), level, message)));
    }
  }

  void used(long cpu, long allocated) {
    cpuNanos = Math.max(cpuNanos, cpu);
    allocatedBytes = Math.max(allocatedBytes, allocated);
  }

  void stands(ScriptError where) {
    stood = Optional.of(where);
  }

  /// Counts a call.
  ///
  /// @return the limit it passed
  Optional<String> count(String operation) {
    var fetch = operation.equals("fetch");
    var count = (fetch ? outboundRequests : apiCalls).incrementAndGet();
    var max = fetch ? limits().outboundRequests() : limits().apiCalls();
    return count <= max
        ? Optional.empty()
        : Optional.of(fetch ? Limits.OUTBOUND_REQUESTS : Limits.API_CALLS);
  }

  /// Makes the call for the script and writes its answer.
  Frame answer(long call, String operation, String arguments) {
    try {
      if (!OPERATIONS.contains(operation)) {
        throw new HostCallException("unknown-operation", "there is no operation " + operation);
      }
      var result = host.call(operation, Json.parseObject(arguments));
      var text = result == null ? "" : Json.text(result);
      if (text.length() > ANSWER_CHARACTERS_MAX) {
        throw new HostCallException(
            "too-large",
            "the answer has more than %d characters; ask for less at once"
                .formatted(ANSWER_CHARACTERS_MAX));
      }
      return answered(call, true, text);
    } catch (HostCallException e) {
      return refused(call, e.code(), String.valueOf(e.getMessage()), e.details());
    } catch (JsonException e) {
      return refused(
          call, "malformed", "these arguments are not accepted: " + e.getMessage(), Map.of());
    } catch (RuntimeException e) {
      System.getLogger(ActiveRun.class.getName())
          .log(System.Logger.Level.ERROR, () -> "host call " + operation + " of run " + id(), e);
      return refused(call, "internal", "the platform failed to answer", Map.of());
    }
  }

  private Frame refused(long call, String code, String message, Map<String, Object> details) {
    return answered(
        call, false, Json.text(Map.of("code", code, "message", message, "details", details)));
  }

  private Frame answered(long call, boolean ok, String body) {
    return Frame.of(Frame.Kind.ANSWER, Map.of("run", id(), "call", call, "ok", ok), body);
  }

  /// The worker says how it ended.
  void done(Frame frame) throws IOException {
    used(frame.number("cpu"), 0);
    logBytesDroppedThere = frame.number("logBytesDropped");
    var error = frame.optionalTree("error");
    var where =
        error.isEmpty()
            ? Optional.<ScriptError>empty()
            : Optional.of(WireScript.error(error.get()));
    switch (frame.string("outcome")) {
      case "succeeded" -> succeed(frame);
      case "skipped" -> end(new RunResult.Skipped(usage()));
      case "refused" -> refuse(Json.parseObject(frame.text()));
      case "failed" ->
          end(new RunResult.Failed(where.orElseGet(() -> failure("it failed")), usage()));
      case "resultTooLarge" -> end(new RunResult.LimitExceeded(Limits.RESULT, where, usage()));
      case "stopped" -> endStopped(frame.optionalString("why").orElse(""), where);
      default -> throw new IOException("an outcome '" + frame.string("outcome") + "'");
    }
  }

  private void succeed(Frame frame) {
    if (frame.body().remaining() > limits().resultBytes()) {
      end(new RunResult.LimitExceeded(Limits.RESULT, Optional.empty(), usage()));
      return;
    }
    try {
      var value = frame.body().hasRemaining() ? Json.parse(frame.text()) : null;
      end(new RunResult.Succeeded(value, usage()));
    } catch (JsonException e) {
      end(new RunResult.Failed(failure("the result is not accepted: " + e.getMessage()), usage()));
    }
  }

  private void refuse(Map<String, Object> refusal) {
    var reason = String.valueOf(refusal.get("reason"));
    var details = new LinkedHashMap<String, Object>();
    if (refusal.get("details") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> details.put(String.valueOf(key), value));
    }
    end(new RunResult.Refused(reason, details, usage()));
  }

  private static ScriptError failure(String message) {
    return new ScriptError(message, 0, 0, "");
  }

  /// Ends a run that was stopped for this reason.
  void endStopped(String why, Optional<ScriptError> lastPlace) {
    var where = lastPlace.or(() -> stood);
    switch (why) {
      case StopReason.WALL_TIME -> end(new RunResult.TimedOut(where, usage()));
      case StopReason.CANCELLED -> end(new RunResult.Cancelled(usage()));
      case Limits.CPU_TIME, Limits.MEMORY, Limits.API_CALLS, Limits.OUTBOUND_REQUESTS ->
          end(new RunResult.LimitExceeded(why, where, usage()));
      default ->
          end(new RunResult.Lost("its worker stopped it for no known reason", true, usage()));
    }
  }

  void lose(String reason) {
    end(new RunResult.Lost(reason, true, usage()));
  }

  private void end(RunResult result) {
    if (ended.compareAndSet(false, true)) {
      kills.forEach(kill -> kill.cancel(false));
      var dropped = result.usage().logBytesDropped();
      if (dropped > 0) {
        var message =
            "The log was cut at its limit of %d bytes; %d bytes were dropped"
                .formatted(limits().logBytes(), dropped);
        happenings.add(new Happening.Logged(new LogLine(Instant.now(), "warn", message)));
      }
      happenings.add(new Happening.Ended(result));
    }
  }

  private Usage usage() {
    return new Usage(
        Duration.ofNanos(cpuNanos),
        Duration.ofNanos(System.nanoTime() - startNanos),
        queued,
        apiCalls.get(),
        outboundRequests.get(),
        logs.dropped() + logBytesDroppedThere);
  }
}
