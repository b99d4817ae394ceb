package io.oarlock.engine;

import io.oarlock.automations.RunResult;
import io.oarlock.automations.ScriptError;
import io.oarlock.model.Instants;
import io.oarlock.model.Operation;
import io.oarlock.store.Document;
import io.oarlock.store.NewEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How an ending is told in the record of a run. */
final class RunForms {
  private RunForms() {}

  static void end(Map<String, Object> body, RunResult result, RunLog log, Instant now) {
    body.put("updateTime", Instants.text(now));
    body.put("endedAt", Instants.text(now));
    var usage = result.usage();
    body.put("cpuTime", usage.cpuTime().toString());
    body.put("apiCalls", (long) usage.apiCalls());
    body.put("outboundRequests", (long) usage.outboundRequests());
    body.put("logs", log.lines());
    body.put("logBytesDropped", usage.logBytesDropped() + log.dropped());
    body.put("effects", log.effects());
    body.put("usedEntitlements", log.used());
    body.remove("error");
    body.remove("limit");
    ending(body, result);
  }

  private static void ending(Map<String, Object> body, RunResult result) {
    switch (result) {
      case RunResult.Succeeded(var value, _) -> {
        body.put("status", "Succeeded");
        if (value != null) {
          body.put("result", value);
        }
      }
      case RunResult.Skipped _ -> body.put("status", "Skipped");
      case RunResult.Refused(var reason, var details, _) -> {
        body.put("status", "Succeeded");
        var refusal = new LinkedHashMap<String, Object>(details);
        refusal.put("reason", reason);
        body.put("result", Map.of("refused", refusal));
      }
      case RunResult.Failed(var error, _) -> {
        body.put("status", "Failed");
        body.put("error", fault(error));
      }
      case RunResult.LimitExceeded(var limit, var where, _) -> {
        body.put("status", "LimitExceeded");
        body.put("limit", limit);
        body.put("error", fault("The run passed its limit " + limit, where));
      }
      case RunResult.TimedOut(var where, _) -> {
        body.put("status", "TimedOut");
        body.put("limit", "wallTime");
        body.put("error", fault("The run passed its wall time", where));
      }
      case RunResult.Lost(var reason, _, _) -> {
        body.put("status", "Lost");
        body.put("error", Map.of("message", reason));
      }
      case RunResult.Cancelled _ -> body.put("status", "Cancelled");
    }
  }

  private static Map<String, Object> fault(String message, Optional<ScriptError> where) {
    return where.map(RunForms::fault).orElseGet(() -> Map.of("message", message));
  }

  private static Map<String, Object> fault(ScriptError error) {
    var fault = new LinkedHashMap<String, Object>();
    fault.put("message", error.message());
    fault.put("line", (long) error.line());
    fault.put("column", (long) error.column());
    fault.put("stack", error.stack());
    return fault;
  }

  /** One event for each run, when it has ended: its record as others see it. */
  static NewEvent event(Automation automation, Document run, Instant now) {
    var seen = new LinkedHashMap<>(run.body());
    seen.remove("idempotencyKey");
    var cause = new LinkedHashMap<>(Trees.object(run.body().get("cause")));
    cause.put("claims", automation.author().stream().sorted().toList());
    return new NewEvent(
        Ids.at(now),
        now,
        Runs.TYPE,
        Operation.CREATE,
        automation.namespace(),
        run.id(),
        seen,
        Optional.empty(),
        cause);
  }

  /** Whether another attempt may help. */
  static boolean failed(RunResult result) {
    return switch (result) {
      case RunResult.Failed _, RunResult.LimitExceeded _, RunResult.TimedOut _, RunResult.Lost _ ->
          true;
      case RunResult.Succeeded _, RunResult.Skipped _, RunResult.Refused _, RunResult.Cancelled _ ->
          false;
    };
  }
}
