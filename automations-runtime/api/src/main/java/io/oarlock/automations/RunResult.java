package io.oarlock.automations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a run ended.
public sealed interface RunResult {

  Usage usage();

  /// The script answered.
  ///
  /// @param value a tree, or null where the script returned nothing
  record Succeeded(@Nullable Object value, Usage usage) implements RunResult {}

  /// `when` said no.
  record Skipped(Usage usage) implements RunResult {}

  /// The script called `ctx.refuse(reason, details)`.
  record Refused(String reason, Map<String, Object> details, Usage usage) implements RunResult {
    public Refused {
      details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }

  /// The script threw, or could not be loaded.
  record Failed(ScriptError error, Usage usage) implements RunResult {}

  /// The script passed a limit other than its wall time.
  ///
  /// @param limit a name from [Limits]
  /// @param where it stood at that moment, if that could still be told
  record LimitExceeded(String limit, Optional<ScriptError> where, Usage usage)
      implements RunResult {}

  /// The script passed its wall time.
  record TimedOut(Optional<ScriptError> where, Usage usage) implements RunResult {}

  /// The run ended through no doing of its script.
  ///
  /// @param started whether any of the script may have run; when not, asking again is harmless
  record Lost(String reason, boolean started, Usage usage) implements RunResult {}

  /// Somebody called [AutomationRunner#cancel].
  record Cancelled(Usage usage) implements RunResult {}
}
