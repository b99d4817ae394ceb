package io.oarlock.automations.worker;

import io.oarlock.automations.Limits;
import io.oarlock.automations.ScriptError;
import io.oarlock.automations.graaljs.Outcome;
import io.oarlock.automations.graaljs.ScriptEngine;
import io.oarlock.automations.graaljs.ScriptHost;
import io.oarlock.automations.graaljs.ScriptRun;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One run inside the worker: a thread for the script, and what it has used.
final class WorkerRun implements ScriptHost {

  /// Fits a frame in whatever script it is written.
  private static final int ARGUMENTS_CHARACTERS_MAX = 4 << 20;

  private final String id;
  private final Connection connection;
  private final ScriptEngine engine;
  private final ScriptRun script;
  private final long wallNanos;
  private final long cpuNanos;
  private final long memoryBytes;
  private final long startNanos = System.nanoTime();
  private final AtomicReference<@Nullable String> stopped = new AtomicReference<>();
  private final LogBudget logs;

  // Set in this order when it begins. The thread has had other runs before.
  private long cpuBefore;
  private long allocatedBefore;
  private volatile @Nullable Thread thread;

  WorkerRun(Frame frame, ScriptEngine engine, Connection connection) throws IOException {
    this.connection = connection;
    this.engine = engine;
    id = frame.string("run");
    wallNanos = frame.number("wallNanos");
    cpuNanos = frame.number("cpuNanos");
    memoryBytes = frame.number("memoryBytes");
    logs = new LogBudget(frame.number("logBytes"));
    script =
        engine.prepare(
            WireScript.script(frame.tree("script")),
            frame.text(),
            frame.number("resultBytes"),
            this);
  }

  String id() {
    return id;
  }

  /// Runs it on the calling thread until its end is told.
  void run(Meters meters, Runnable afterwards) {
    var own = Thread.currentThread();
    cpuBefore = meters.cpuNanos(own);
    allocatedBefore = meters.allocatedBytes(own);
    thread = own;
    try (script) {
      var outcome = outcome();
      afterwards.run();
      sendOrDie(done(outcome, cpu(meters)));
    }
    engine.setStage();
  }

  private Outcome outcome() {
    try {
      return script.run();
    } catch (RuntimeException | StackOverflowError e) {
      return new Outcome.Failed(new ScriptError("the engine failed: " + e, 0, 0, ""));
    }
  }

  void answer(int call, boolean ok, String text) {
    script.answer(call, ok, text.isEmpty() ? null : text);
  }

  /// Ends the run on a thread of its own, since a script may be slow to let go.
  void stopSoon(String why) {
    if (stopped.compareAndSet(null, why)) {
      Thread.ofPlatform().name("stop " + id).daemon().start(script::stop);
    }
  }

  /// The first limit this run has passed by now, after which the platform counts the milliseconds
  /// until it kills the process.
  Optional<String> passed(Meters meters) {
    if (System.nanoTime() - startNanos >= wallNanos) {
      return Optional.of(StopReason.WALL_TIME);
    }
    return cpu(meters) >= cpuNanos ? Optional.of(Limits.CPU_TIME) : Optional.empty();
  }

  void stopAtLimit(String limit, Meters meters) throws IOException {
    if (stopped.get() == null) {
      connection.send(
          Frame.of(Frame.Kind.STOPPING, Map.of("run", id, "limit", limit, "cpu", cpu(meters))));
      stopSoon(limit);
    }
  }

  void tell(Meters meters) throws IOException {
    connection.send(
        Frame.of(
            Frame.Kind.USAGE,
            Map.of("run", id, "allocated", allocated(meters), "cpu", cpu(meters))));
  }

  boolean isStopped() {
    return stopped.get() != null;
  }

  /// No limit of time is passed before this many nanoseconds have gone by.
  long nanosToLimit(Meters meters) {
    var wall = wallNanos - (System.nanoTime() - startNanos);
    return Math.min(wall, cpuNanos - cpu(meters));
  }

  long memoryBytes() {
    return memoryBytes;
  }

  long allocated(Meters meters) {
    var current = thread;
    return current == null ? 0 : meters.allocatedBytes(current) - allocatedBefore;
  }

  private long cpu(Meters meters) {
    var current = thread;
    return current == null ? 0 : meters.cpuNanos(current) - cpuBefore;
  }

  @Override
  public void call(int call, String operation, String arguments) {
    if (arguments.length() > ARGUMENTS_CHARACTERS_MAX) {
      script.answer(
          call, false, "{\"code\":\"too-large\",\"message\":\"the arguments are too large\"}");
      return;
    }
    sendOrDie(
        Frame.of(
            Frame.Kind.CALL, Map.of("run", id, "call", call, "operation", operation), arguments));
  }

  @Override
  public void stands(ScriptError where) {
    sendOrDie(Frame.of(Frame.Kind.STANDS, Map.of("run", id, "error", WireScript.tree(where))));
  }

  @Override
  public void log(String level, String message) {
    if (logs.takes(message.length())) {
      sendOrDie(Frame.of(Frame.Kind.LOG, Map.of("run", id, "level", level), message));
    }
  }

  private void sendOrDie(Frame frame) {
    try {
      connection.send(frame);
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private Frame done(Outcome outcome, long cpuNanos) {
    var header = new HashMap<String, Object>();
    header.put("run", id);
    header.put("cpu", cpuNanos);
    header.put("logBytesDropped", logs.dropped());
    var why = stopped.get();
    if (why != null) {
      header.put("why", why);
    }
    var body = "";
    switch (outcome) {
      case Outcome.Succeeded(var result) -> {
        header.put("outcome", "succeeded");
        body = result.orElse("");
      }
      case Outcome.Skipped() -> header.put("outcome", "skipped");
      case Outcome.Refused(var refusal) -> {
        header.put("outcome", "refused");
        body = refusal;
      }
      case Outcome.Failed(var error) -> put(header, "failed", Optional.of(error));
      case Outcome.ResultTooLarge() -> header.put("outcome", "resultTooLarge");
      case Outcome.Stopped(var where) -> put(header, "stopped", where);
    }
    return Frame.of(Frame.Kind.DONE, header, body);
  }

  private static void put(Map<String, Object> header, String outcome, Optional<ScriptError> error) {
    header.put("outcome", outcome);
    error.ifPresent(where -> header.put("error", WireScript.tree(where)));
  }
}
