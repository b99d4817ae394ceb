package io.oarlock.automations.worker;

import io.oarlock.automations.Limits;
import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import io.oarlock.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// One worker process and the runs in it. Nothing it says is trusted further than that it ends or
/// fails its own runs; what does not fit the protocol ends the process.
final class WorkerProcess {

  /// How long a run may take to let go after it was told to stop.
  static final long GRACE_MILLIS = 150;

  /// What `-XX:+ExitOnOutOfMemoryError` exits with.
  private static final int OUT_OF_MEMORY_EXIT = 3;

  /// How long a process may take to be gone after its connection broke.
  private static final long EXIT_WAIT_MILLIS = 2000;

  private final WorkerStart.Started started;
  private final long heapBytes;
  private final ScheduledExecutorService clock;
  private final Runnable changed;
  private final Map<String, ActiveRun> runs = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<List<SourceProblem>>> checks =
      new ConcurrentHashMap<>();
  private final AtomicLong checkCount = new AtomicLong();
  private volatile boolean alive = true;

  WorkerProcess(
      WorkerStart.Started started,
      long heapBytes,
      ScheduledExecutorService clock,
      Runnable changed) {
    this.started = started;
    this.heapBytes = heapBytes;
    this.clock = clock;
    this.changed = changed;
    Thread.ofVirtual().name("worker " + started.pid()).start(this::read);
  }

  long pid() {
    return started.pid();
  }

  String engine() {
    return started.engine();
  }

  long heapBytes() {
    return heapBytes;
  }

  boolean isAlive() {
    return alive;
  }

  /// Begins a run whose wall clock starts now.
  void begin(ActiveRun run) {
    run.start();
    runs.put(run.id(), run);
    var deadline = run.limits().wallTime().toMillis() + GRACE_MILLIS;
    killLater(run, StopReason.WALL_TIME, deadline);
    send(run.runFrame());
    if (!alive) {
      loseRuns("the worker was gone");
    }
  }

  /// The deadline goes first: a worker that reads nothing any more would keep the message waiting.
  void stop(ActiveRun run, String why) {
    if (runs.containsKey(run.id())) {
      killLater(run, why, GRACE_MILLIS);
      send(Frame.of(Frame.Kind.STOP, Map.of("run", run.id(), "why", why)));
    }
  }

  CompletableFuture<List<SourceProblem>> check(Script script) {
    var id = checkCount.incrementAndGet();
    var problems = new CompletableFuture<List<SourceProblem>>();
    checks.put(id, problems);
    send(Frame.of(Frame.Kind.CHECK, Map.of("check", id, "script", WireScript.tree(script))));
    if (!alive) {
      problems.completeExceptionally(new IOException("the worker was gone"));
    }
    return problems;
  }

  void kill() {
    started.kill();
  }

  private void killLater(ActiveRun run, String why, long millis) {
    run.callOffAtEnd(clock.schedule(() -> killFor(run, why), millis, TimeUnit.MILLISECONDS));
  }

  /// Nothing runs after SIGKILL, so nobody needs to wait until the process is cleared away. The
  /// clock of all deadlines calls this: it must not wait for any lock.
  private void killFor(ActiveRun run, String why) {
    if (runs.get(run.id()) == run && alive) {
      alive = false;
      kill();
      run.endStopped(why, Optional.empty());
      runs.remove(run.id());
      loseRuns("its worker was killed with another run that had passed its " + why);
      Thread.startVirtualThread(changed);
    }
  }

  private void send(Frame frame) {
    try {
      started.connection().send(frame);
    } catch (IOException e) {
      kill();
    }
  }

  private void read() {
    try {
      while (true) {
        handle(started.connection().receive());
      }
    } catch (EOFException e) {
      // It ends by itself: its exit code says why, and must not be ours.
      gone();
    } catch (IOException | RuntimeException e) {
      // Whatever it said that nobody understands: its runs must end all the same.
      kill();
      gone();
    }
  }

  private void handle(Frame frame) throws IOException {
    switch (frame.kind()) {
      case CALL -> call(frame);
      case LOG -> run(frame).ifPresent(run -> log(run, frame));
      case STOPPING -> {
        var limit = frame.string("limit");
        var cpu = frame.number("cpu");
        run(frame).ifPresent(run -> stopping(run, limit, cpu));
      }
      case USAGE -> {
        var cpu = frame.number("cpu");
        var allocated = frame.number("allocated");
        run(frame).ifPresent(run -> run.used(cpu, allocated));
      }
      case DONE -> {
        var run = runs.get(frame.string("run"));
        if (run != null) {
          run.done(frame);
          runs.remove(run.id());
          changed.run();
        }
      }
      case CHECKED -> checked(frame);
      case STANDS -> {
        var where = WireScript.error(frame.tree("error"));
        run(frame).ifPresent(run -> run.stands(where));
      }
      case HELLO, RUN, ANSWER, STOP, CHECK ->
          throw new IOException("a worker sends no " + frame.kind());
    }
  }

  private void stopping(ActiveRun run, String limit, long cpuNanos) {
    run.used(cpuNanos, 0);
    killLater(run, limit, GRACE_MILLIS);
  }

  private Optional<ActiveRun> run(Frame frame) throws IOException {
    return Optional.ofNullable(runs.get(frame.string("run")));
  }

  private static void log(ActiveRun run, Frame frame) {
    run.log(frame.optionalString("level").orElse("info"), frame.text());
  }

  private void call(Frame frame) throws IOException {
    var found = run(frame);
    if (found.isEmpty()) {
      return;
    }
    var run = found.get();
    var operation = frame.string("operation");
    var passed = run.count(operation);
    if (passed.isPresent()) {
      stop(run, passed.get());
      return;
    }
    var call = frame.number("call");
    var arguments = frame.text();
    Thread.ofVirtual()
        .name("call " + operation)
        .start(() -> send(run.answer(call, operation, arguments)));
  }

  private void checked(Frame frame) throws IOException {
    var waiting = checks.remove(frame.number("check"));
    if (waiting != null && Json.parse(frame.text()) instanceof List<?> problems) {
      waiting.complete(WireScript.problems(problems));
    }
  }

  private void gone() {
    alive = false;
    if (!runs.isEmpty()) {
      endRunsBy(exitCode());
    }
    started.close();
    checks.values().forEach(c -> c.completeExceptionally(new IOException("the worker is gone")));
    changed.run();
  }

  private int exitCode() {
    try {
      return started.process().waitFor(EXIT_WAIT_MILLIS, TimeUnit.MILLISECONDS)
          ? started.process().exitValue()
          : -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private void endRunsBy(int exitCode) {
    if (exitCode == OUT_OF_MEMORY_EXIT || started.group().ranOutOfMemory()) {
      outOfMemoryCulprit()
          .ifPresent(run -> {
            run.endStopped(Limits.MEMORY, Optional.empty());
            runs.remove(run.id());
          });
      loseRuns("its worker ran out of memory");
    } else {
      loseRuns("its worker ended with exit code %d %s".formatted(exitCode, started.lastWords()));
    }
  }

  /// The only run, or the one that allocated most if that is more than its share.
  private Optional<ActiveRun> outOfMemoryCulprit() {
    return runs.values().stream()
        .max(Comparator.comparingLong(ActiveRun::allocatedBytes))
        .filter(run -> runs.size() == 1 || run.allocatedBytes() > run.limits().memoryBytes());
  }

  private void loseRuns(String reason) {
    runs.values().forEach(run -> run.lose(reason));
    runs.clear();
  }
}
