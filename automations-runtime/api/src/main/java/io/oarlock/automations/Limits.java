package io.oarlock.automations;

import java.time.Duration;

/// What one run may use. A run that passes one of these ends with that limit's name, except for the
/// log, whose surplus is dropped and counted.
///
/// @param wallTime from the start of the script to its answer; passing it is `TimedOut`
/// @param cpuTime of the script's own thread
/// @param memoryBytes of heap; exact only when the run is alone in its worker
/// @param logBytes of log text kept
/// @param resultBytes of the returned value as JSON
/// @param outboundRequests number of `fetch` calls
/// @param apiCalls number of all other host calls
public record Limits(
    Duration wallTime,
    Duration cpuTime,
    long memoryBytes,
    long logBytes,
    long resultBytes,
    int outboundRequests,
    int apiCalls) {

  /// The name under which passing `memoryBytes` is reported.
  public static final String MEMORY = "memory";

  /// The name under which passing `cpuTime` is reported.
  public static final String CPU_TIME = "cpuTime";

  /// The name under which passing `resultBytes` is reported.
  public static final String RESULT = "result";

  /// The name under which passing `outboundRequests` is reported.
  public static final String OUTBOUND_REQUESTS = "outboundRequests";

  /// The name under which passing `apiCalls` is reported.
  public static final String API_CALLS = "apiCalls";

  public Limits {
    requirePositive(wallTime, "wallTime");
    requirePositive(cpuTime, "cpuTime");
    requirePositive(memoryBytes, "memoryBytes");
    requireNatural(logBytes, "logBytes");
    requirePositive(resultBytes, "resultBytes");
    requireNatural(outboundRequests, "outboundRequests");
    requireNatural(apiCalls, "apiCalls");
  }

  /// What an automation gets that asks for nothing.
  public static Limits defaults() {
    return new Limits(
        Duration.ofSeconds(30), Duration.ofSeconds(10), 64L << 20, 256L << 10, 1L << 20, 50, 500);
  }

  public Limits withWallTime(Duration value) {
    return new Limits(
        value, cpuTime, memoryBytes, logBytes, resultBytes, outboundRequests, apiCalls);
  }

  public Limits withCpuTime(Duration value) {
    return new Limits(
        wallTime, value, memoryBytes, logBytes, resultBytes, outboundRequests, apiCalls);
  }

  public Limits withMemoryBytes(long value) {
    return new Limits(wallTime, cpuTime, value, logBytes, resultBytes, outboundRequests, apiCalls);
  }

  public Limits withLogBytes(long value) {
    return new Limits(
        wallTime, cpuTime, memoryBytes, value, resultBytes, outboundRequests, apiCalls);
  }

  public Limits withResultBytes(long value) {
    return new Limits(wallTime, cpuTime, memoryBytes, logBytes, value, outboundRequests, apiCalls);
  }

  public Limits withOutboundRequests(int value) {
    return new Limits(wallTime, cpuTime, memoryBytes, logBytes, resultBytes, value, apiCalls);
  }

  public Limits withApiCalls(int value) {
    return new Limits(
        wallTime, cpuTime, memoryBytes, logBytes, resultBytes, outboundRequests, value);
  }

  private static void requirePositive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be longer than nothing, not " + value);
    }
  }

  private static void requirePositive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
  }

  private static void requireNatural(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative, is " + value);
    }
  }
}
