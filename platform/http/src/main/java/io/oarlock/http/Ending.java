package io.oarlock.http;

/**
 * Why the platform ends a stream of events.
 *
 * @param closeCode of WebSocket
 * @param code stable, kebab-case
 */
record Ending(int closeCode, String code, String detail) {
  private static final int POLICY = 1008;

  static final Ending GOING_AWAY =
      new Ending(1001, "going-away", "The platform shuts down; come back in a moment");
  static final Ending SLOW =
      new Ending(
          1013, "slow-consumer", "Events were not taken in time; resume after the last one seen");
  static final Ending SILENT = new Ending(POLICY, "no-pong", "Pings were not answered");
  static final Ending FAILED =
      new Ending(1011, "internal", "The platform failed; its log has the cause");

  /** The right to listen is gone. */
  static Ending refused(String code, String detail) {
    return new Ending(POLICY, code, detail);
  }
}
