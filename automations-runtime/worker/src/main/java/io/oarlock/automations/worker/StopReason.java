package io.oarlock.automations.worker;

/// Why a run is stopped, beside the limits that [io.oarlock.automations.Limits] names.
final class StopReason {

  static final String WALL_TIME = "wallTime";
  static final String CANCELLED = "cancelled";

  private StopReason() {}
}
