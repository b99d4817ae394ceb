package io.oarlock.automations;

import java.time.Instant;

/// One line a script logged, or the runner on its behalf.
///
/// @param level `debug`, `info`, `warn` or `error`
public record LogLine(Instant at, String level, String message) {}
