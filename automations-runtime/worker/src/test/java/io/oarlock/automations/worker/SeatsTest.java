package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More tenants than workers. */
@Timeout(60)
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
}
