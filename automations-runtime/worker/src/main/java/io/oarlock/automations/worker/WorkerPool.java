package io.oarlock.automations.worker;

import io.oarlock.automations.AutomationRunner;
import io.oarlock.automations.HostCalls;
import io.oarlock.automations.Limits;
import io.oarlock.automations.RunRequest;
import io.oarlock.automations.RunResult;
import io.oarlock.automations.RunnerStatus;
import io.oarlock.automations.Script;
import io.oarlock.automations.SourceProblem;
import io.oarlock.automations.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs scripts in worker processes, never two tenants in one.
public final class WorkerPool implements AutomationRunner {

  /// Sources are parsed, not run, so all tenants share a worker for it. No path is empty, so no
  /// tenant's runs ever go there.
  static final String PARSER = "";

  private static final Duration CHECK_TIME_MAX = Duration.ofSeconds(5);

  private sealed interface Stage {
    record Waiting() implements Stage {}

    record Placed(ActiveRun run, WorkerProcess worker) implements Stage {}
  }

  private final WorkerPoolConfig config;
  private final WorkerStart start;
  private final Seats seats;
  private final ScheduledThreadPoolExecutor clock;
  private final Map<String, Stage> stages = new ConcurrentHashMap<>();

  /// @throws ConfinementException where confinement is required and this host cannot give it
  public WorkerPool(WorkerPoolConfig config) throws IOException {
    this.config = config;
    clock =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().name("worker clock").daemon().unstarted(task));
    clock.setRemoveOnCancelPolicy(true);
    start = new WorkerStart(config, WorkerMain.class);
    seats = new Seats(config, start, clock);
  }

  /// Done when workers start from an AOT cache, or will never.
  public CompletableFuture<Void> trained() {
    return start.trained();
  }

  @Override
  public RunResult run(RunRequest request, HostCalls host) throws InterruptedException {
    var id = request.runId();
    if (stages.putIfAbsent(id, new Stage.Waiting()) != null) {
      throw new IllegalArgumentException("a run with the id " + id + " is on already");
    }
    try {
      var asked = System.nanoTime();
      var heap = heapBytes(request.limits());
      return switch (seats.take(
          request.tenant(), heap, config.queueWait(), () -> stages.containsKey(id))) {
        case Seats.Taken.Seated(var seat) -> runIn(seat, request, host, asked);
        case Seats.Taken.Unwanted() -> new RunResult.Cancelled(Usage.none());
        case Seats.Taken.Denied(var reason) -> new RunResult.Lost(reason, false, Usage.none());
      };
    } finally {
      stages.remove(id);
    }
  }

  private RunResult runIn(Seats.Seat seat, RunRequest request, HostCalls host, long asked)
      throws InterruptedException {
    var run = new ActiveRun(request, host, Duration.ofNanos(System.nanoTime() - asked));
    try {
      if (stages.replace(request.runId(), new Stage.Placed(run, seat.worker())) == null) {
        return new RunResult.Cancelled(Usage.none());
      }
      host.begun();
      seat.worker().begin(run);
      return run.await();
    } catch (InterruptedException e) {
      seat.worker().stop(run, StopReason.CANCELLED);
      throw e;
    } finally {
      seats.giveBack(seat);
    }
  }

  /// The usual heap holds the usual limit; what a run may use beyond comes on top, in steps so that
  /// workers stay interchangeable.
  private long heapBytes(Limits limits) {
    var step = 64L << 20;
    var beyond = Math.max(0, limits.memoryBytes() - Limits.defaults().memoryBytes());
    return config.heapBytes() + (beyond + step - 1) / step * step;
  }

  @Override
  public void warm(String tenant, Limits limits) {
    seats.warm(tenant, heapBytes(limits));
  }

  @Override
  public void cancel(String runId) {
    switch (stages.get(runId)) {
      case null -> {}
      case Stage.Waiting waiting -> {
        if (stages.remove(runId, waiting)) {
          seats.wake();
        }
      }
      case Stage.Placed(var run, var worker) -> worker.stop(run, StopReason.CANCELLED);
    }
  }

  @Override
  public List<SourceProblem> check(Script script) throws InterruptedException {
    return switch (seats.take(PARSER, config.heapBytes(), config.queueWait(), () -> true)) {
      case Seats.Taken.Seated(var seat) -> {
        try {
          yield checkIn(seat.worker(), script);
        } finally {
          seats.giveBack(seat);
        }
      }
      case Seats.Taken.Unwanted() -> throw new IllegalStateException("a check is never unwanted");
      case Seats.Taken.Denied(var reason) ->
          List.of(problem(script, "it could not be checked: " + reason));
    };
  }

  private static List<SourceProblem> checkIn(WorkerProcess worker, Script script)
      throws InterruptedException {
    try {
      return worker.check(script).get(CHECK_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      worker.kill();
      return List.of(problem(script, "it takes longer to parse than " + CHECK_TIME_MAX));
    } catch (ExecutionException e) {
      return List.of(problem(script, "it could not be parsed: " + e.getCause()));
    }
  }

  private static SourceProblem problem(Script script, String message) {
    return new SourceProblem(script.name(), message, 0, 0);
  }

  @Override
  public RunnerStatus status() {
    var counts = seats.counts();
    return new RunnerStatus(
        counts.engine(),
        start.layers(),
        counts.workers(),
        counts.spares(),
        counts.running(),
        counts.queued());
  }

  /// Process ids of the workers, for those who measure them.
  public List<Long> pids() {
    return seats.pids();
  }

  @Override
  public void close() {
    seats.close();
    start.close();
    clock.shutdownNow();
  }
}
