package io.oarlock.automations.graaljs;

import io.oarlock.automations.ScriptError;
import java.util.Optional;

/// How a script ended, as its engine saw it. Trees are JSON text here.
public sealed interface Outcome {

  /// The script answered; no text where it returned nothing.
  record Succeeded(Optional<String> result) implements Outcome {}

  /// `when` said no.
  record Skipped() implements Outcome {}

  /// The script called `ctx.refuse`.
  ///
  /// @param refusal JSON with `reason` and `details`
  record Refused(String refusal) implements Outcome {}

  /// The script threw.
  record Failed(ScriptError error) implements Outcome {}

  /// The returned value is larger than its limit.
  record ResultTooLarge() implements Outcome {}

  /// [ScriptRun#stop] ended it.
  record Stopped(Optional<ScriptError> where) implements Outcome {}
}
