package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class InstantsTest {
  private static final long YEAR_1 = -62_135_596_800_000L;
  private static final long YEAR_9999 = 253_402_300_799_999L;

  @Property(tries = 5_000)
  void textOrderIsTimeOrder(
      @ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long one,
      @ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long two) {
    var texts = Instants.text(Instant.ofEpochMilli(one)).compareTo(text(two));
    assertThat(Integer.signum(texts)).isEqualTo(Long.compare(one, two));
  }

  @Property(tries = 5_000)
  void theTextIsReadBack(@ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long millis) {
    assertThat(Instants.parse(text(millis)).toEpochMilli()).isEqualTo(millis);
    assertThat(text(millis)).hasSize(24);
  }

  @Test
  void offsetsAndNanosecondsBecomeUtcMilliseconds() {
    assertThat(Instants.text(Instants.parse("2026-11-21T23:50:00.123999+01:00")))
        .isEqualTo("2026-11-21T22:50:00.123Z");
  }

  private static String text(long millis) {
    return Instants.text(Instant.ofEpochMilli(millis));
  }
}
