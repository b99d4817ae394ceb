package io.oarlock.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuartzCronsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private final QuartzCrons crons = new QuartzCrons();

  @ParameterizedTest
  @CsvSource({
    "0/2 * * * * ?, 2026-11-21T23:50:01Z, 2026-11-21T23:50:02Z",
    "*/5 * * * *, 2026-11-21T23:50:01Z, 2026-11-21T23:55:00Z",
    "0 9 * * 1, 2026-11-21T23:50:01Z, 2026-11-23T09:00:00Z",
    "0 9 * * 0, 2026-11-21T23:50:01Z, 2026-11-22T09:00:00Z",
    "0 9 1 * *, 2026-11-21T23:50:01Z, 2026-12-01T09:00:00Z"
  })
  void ticksAreFound(String cron, Instant after, Instant next) {
    assertThat(crons.next(cron, ZoneId.of("UTC"), after)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "every minute", "* * *", "61 * * * * ?", "0 9 1 * 1"})
  void whatIsNoCronSaysWhy(String cron) {
    assertThat(crons.fault(cron)).get().asString().contains("is not a cron expression");
  }

  @Test
  void aTimeThatDoesNotExistIsSkippedWhenClocksGoForward() {
    var next = crons.next("0 30 2 * * ?", BERLIN, Instant.parse("2027-03-27T12:00:00Z"));

    assertThat(next).contains(Instant.parse("2027-03-29T00:30:00Z"));
  }

  @Test
  void aTimeThatExistsTwiceFiresOnceWhenClocksGoBack() {
    var first = crons.next("0 30 2 * * ?", BERLIN, Instant.parse("2026-10-24T12:00:00Z"));
    var second = crons.next("0 30 2 * * ?", BERLIN, first.orElseThrow());

    assertThat(second).contains(Instant.parse("2026-10-26T01:30:00Z"));
  }
}
