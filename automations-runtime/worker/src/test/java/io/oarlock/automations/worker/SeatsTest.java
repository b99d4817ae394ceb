package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.oarlock.automations.Limits;
import io.oarlock.automations.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More tenants than workers. */
@Timeout(120)
class SeatsTest {

  @BeforeAll
  static void makeTheCache() throws IOException {
    try (var start = new WorkerStart(Platform.config(), WorkerMain.class)) {
      start.trained().join();
    }
  }

  @Test
  void workersNobodyUsesAreGivenBack() throws IOException {
    var config = Platform.config().withSpares(0).withIdleTime(Duration.ofMillis(200));
    try (var platform = new Platform(config)) {
      platform.value("/a", "return 1");
      Eventually.holds(() -> platform.pool.status().workers() == 0);
      assertThat(platform.value("/a", "return 2")).isEqualTo(2L);
    }
  }

  @Test
  void whereThereIsNoRoomTheWorkerUsedLongestAgoMakesSome() throws IOException {
    try (var platform = new Platform(Platform.config().withSpares(0).withWorkersMax(2))) {
      platform.value("/old", "return 1");
      var old = platform.pool.pids();
      platform.value("/young", "return 1");
      var both = platform.pool.pids();
      platform.value("/old", "return 1");
      assertThat(platform.pool.pids()).isEqualTo(both);

      assertThat(platform.value("/new", "return 3")).isEqualTo(3L);

      assertThat(platform.pool.pids()).hasSize(2).containsAll(old).isNotEqualTo(both);
    }
  }

  @Test
  void aTenantThatHadItsWorkersKilledWaitsAndOthersDoNot() throws Exception {
    try (var platform = new Platform(Platform.config().withSpares(0))) {
      platform.value("/good", "return 1");
      var good = platform.pool.pids();
      for (var death = 0; death < Restarts.FREE + 2; death++) {
        platform.value("/bad", "return 1");
        killOthers(platform, good);
      }

      var waiting = platform.later("/bad", "export default () => 2", Limits.defaults());
      for (var run = 0; run < 5; run++) {
        assertThat(platform.value("/good", "return 3")).isEqualTo(3L);
      }

      assertThat(waiting).isNotDone();
      assertThat(waiting.get(50, TimeUnit.SECONDS)).isInstanceOf(RunResult.Succeeded.class);
    }
  }

  private static void killOthers(Platform platform, List<Long> good) {
    platform.pool.pids().stream()
        .filter(pid -> !good.contains(pid))
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .forEach(ProcessHandle::destroyForcibly);
    Eventually.holds(() -> platform.pool.pids().equals(good));
  }
}
