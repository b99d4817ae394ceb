package io.oarlock.engine;

import io.oarlock.automations.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets automations of a hook's own namespace answer for it. */
final class AutomationHooks {
  /** What a run may take beyond its wall time, for its worker to notice and its record. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Automations automations;
  private final Runs runs;

  AutomationHooks(Automations automations, Runs runs) {
    this.automations = automations;
    this.runs = runs;
  }

  /** Those the hook picks, by name. */
  List<Automation> picked(Hook hook) {
    return automations.answering(
        hook.selectors(), found -> found.namespace().equals(hook.namespace()));
  }

  /** Asks all that the hook picks; each sees what the one before made of the object. */
  HookAnswer.Told ask(Hook hook, HookMessage message, Cause cause, Duration within, HookTime time) {
    var picked = picked(hook);
    if (picked.isEmpty()) {
      return HookAnswer.Told.failed(
          "its selectors pick no automation of " + hook.namespace() + " whose trigger is OnHook");
    }
    var own = time.atMost(within);
    var seen = message;
    HookAnswer answer = new HookAnswer.GoOn();
    var told = new ArrayList<String>();
    for (var automation : picked) {
      var next = one(automation, seen, cause, own, told);
      if (next instanceof HookAnswer.Replace(var output)) {
        seen = seen.with(output);
        answer = next;
      } else if (!(next instanceof HookAnswer.GoOn)) {
        answer = next;
        break;
      }
    }
    return new HookAnswer.Told(
        answer, Optional.empty(), Optional.of(String.join(", ", told)).filter(t -> !t.isEmpty()));
  }

  private HookAnswer one(
      Automation automation, HookMessage message, Cause cause, HookTime time, List<String> told) {
    var left = time.left();
    if (!left.isPositive()) {
      return new HookAnswer.Failed("no time was left for the automation " + automation.name());
    }
    var limited = automation.answering(left);
    var begun = new CountDownLatch(1);
    var task =
        task(() -> runs.now(limited, cause, input(message), Map.of(), begun::countDown), begun);
    Thread.ofVirtual().name("hook-" + automation.name()).start(task);
    try {
      if (!time.begins(begun)) {
        task.cancel(true);
        return new HookAnswer.Failed(
            "no worker was ready for the automation " + automation.name() + " in time");
      }
      var ended = task.get(left.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
      told.add("run " + ended.run().id());
      return answer(automation, ended);
    } catch (TimeoutException _) {
      task.cancel(true);
      return new HookAnswer.Failed("the automation " + automation.name() + " took too long");
    } catch (ExecutionException e) {
      return new HookAnswer.Failed(
          "the automation " + automation.name() + " could not be run: " + e.getCause());
    } catch (InterruptedException _) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new HookAnswer.Failed("the platform is stopping");
    }
  }

  /** Work whose end counts as its beginning, in case it ends before it began. */
  private static FutureTask<Runs.Ended> task(Callable<Runs.Ended> work, CountDownLatch begun) {
    return new FutureTask<>(work) {
      @Override
      protected void done() {
        begun.countDown();
      }
    };
  }

  /** What the script finds in its context. */
  static Map<String, Object> input(HookMessage message) {
    return Map.of("event", message.event());
  }

  private static HookAnswer answer(Automation automation, Runs.Ended ended) {
    var run = " (run " + ended.run().id() + " of " + automation.name() + ")";
    return switch (ended.result()) {
      case RunResult.Succeeded(var value, _) -> HookAnswer.Told.of(Trees.object(value));
      case RunResult.Skipped _ -> new HookAnswer.GoOn();
      case RunResult.Refused(var reason, var details, _) -> HookAnswer.Refuse.of(reason, details);
      case RunResult.Failed(var error, _) ->
          new HookAnswer.Failed("the script failed: " + error.message() + run);
      case RunResult.LimitExceeded(var limit, _, _) ->
          new HookAnswer.Failed("the script passed its limit " + limit + run);
      case RunResult.TimedOut _ -> new HookAnswer.Failed("the script took too long" + run);
      case RunResult.Lost(var reason, _, _) -> new HookAnswer.Failed(reason + run);
      case RunResult.Cancelled _ -> new HookAnswer.Failed("the run was cancelled" + run);
    };
  }
}
