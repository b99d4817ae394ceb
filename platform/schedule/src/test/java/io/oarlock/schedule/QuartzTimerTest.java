package io.oarlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QuartzTimerTest {
  @Test
  void itWakesAtTheInstantItWasToldLast() throws InterruptedException {
    var woken = new Semaphore(0);
    try (var timer = new QuartzTimer(woken::release)) {
      timer.wakeAt(Instant.now().plusSeconds(3600));
      timer.wakeAt(Instant.now());
      assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

      timer.wakeAt(Instant.now().plusMillis(20));
      assertThat(woken.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
