package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {
  private final Restarts restarts = new Restarts();
  private long now = Long.MAX_VALUE - 5; // clocks of this kind may overflow

  @Test
  void theFirstDeathsAreFree() {
    die(Restarts.FREE);
    assertThat(pause()).isZero();
  }

  @Test
  void eachDeathAfterThemDoublesThePauseUpToALimit() {
    die(Restarts.FREE + 1);
    assertThat(pause()).isEqualTo(Restarts.SHORTEST);
    die(1);
    assertThat(pause()).isEqualTo(Restarts.SHORTEST.multipliedBy(2));
    die(100);
    assertThat(pause()).isEqualTo(Restarts.LONGEST);
  }

  @Test
  void aPauseEnds() {
    die(Restarts.FREE + 1);
    now += Restarts.SHORTEST.toNanos() - 1;
    assertThat(pause()).isEqualTo(Duration.ofNanos(1));
    now += 1;
    assertThat(pause()).isZero();
  }

  @Test
  void whoKeepsAWorkerAliveForAWhileBeginsAnew() {
    die(Restarts.FREE + 5);
    now += Restarts.FORGOTTEN_AFTER.toNanos() + 1;
    die(Restarts.FREE);
    assertThat(pause()).isZero();
  }

  @Test
  void othersDoNotWait() {
    die(100);
    assertThat(restarts.pauseNanos("/other", now)).isZero();
  }

  @Test
  void theReasonSaysWhatHappenedAndWhatToDo() {
    die(Restarts.FREE + 2);
    now += Duration.ofSeconds(1).toNanos();
    assertThat(restarts.reason("/bad", now))
        .contains("killed 5 times, the last time 1 s ago; the next one is made in 2 s")
        .contains("mend or disable");
  }

  private void die(int times) {
    for (var i = 0; i < times; i++) {
      restarts.died("/bad", now);
    }
  }

  private Duration pause() {
    return Duration.ofNanos(restarts.pauseNanos("/bad", now));
  }
}
