package io.oarlock.store.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class KitClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.MILLIS));

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves on. */
  public void advance(Duration by) {
    now.updateAndGet(at -> at.plus(by));
  }
}
