package io.oarlock.automations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One execution asked of a runner.
///
/// @param runId unique among the runs of this runner
/// @param tenant path of the automation's namespace; two tenants never share a process
/// @param script what to run
/// @param entry what made it happen
/// @param context a tree with `event`, `params`, `payload` and `run` (`id`, `attempt`, `cause`,
///   `deadline`), each of which the script sees on its `ctx`
/// @param limits what it may use
public record RunRequest(
    String runId,
    String tenant,
    Script script,
    Entry entry,
    Map<String, Object> context,
    Limits limits) {

  public RunRequest {
    if (runId.isBlank() || tenant.isBlank()) {
      throw new IllegalArgumentException("a run has an id and a tenant");
    }
    context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
  }
}
