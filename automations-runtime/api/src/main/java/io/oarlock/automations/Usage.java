package io.oarlock.automations;

import java.time.Duration;

/// What a run used.
///
/// @param cpuTime of the script's own thread, as the worker last told
/// @param wallTime from the start of the script, without the time it waited for a worker
/// @param queuedTime it waited for a worker
/// @param apiCalls host calls other than `fetch`
/// @param outboundRequests `fetch` calls
/// @param logBytesDropped log text beyond the limit
public record Usage(
    Duration cpuTime,
    Duration wallTime,
    Duration queuedTime,
    int apiCalls,
    int outboundRequests,
    long logBytesDropped) {

  /// Of a run that never started.
  public static Usage none() {
    return new Usage(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, 0, 0);
  }
}
