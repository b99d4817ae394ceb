package io.oarlock.schedule;

import java.time.Instant;

/** Calls back once, at the instant it was told last. */
interface Timer extends AutoCloseable {
  void wakeAt(Instant at);

  @Override
  void close();
}
