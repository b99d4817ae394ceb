package io.oarlock.model.types;

import io.oarlock.model.Default;
import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Range;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.util.List;

/** How a run that failed is tried again. */
public record Retries(
    @Doc("Attempts in all, the first one included.")
        @Example("3")
        @Default("1")
        @Range(min = 1, max = 20)
        long attempts,
    @Doc("Wait before the second attempt; it doubles from one to the next.")
        @Example("PT5S")
        @Default("PT1S")
        Duration delay,
    @Doc("Longest wait between two attempts, at most PT24H.") @Example("PT10M") @Default("PT10M")
        Duration maxDelay) {
  /** Longest wait anybody can ask for. */
  public static final Duration DELAY_MAX = Duration.ofHours(24);

  List<Violation> violations(String pointer) {
    var rules = new Rules(pointer);
    rules.within("delay", delay, Duration.ofMillis(100), DELAY_MAX);
    rules.within("maxDelay", maxDelay, Duration.ofMillis(100), DELAY_MAX);
    rules.refuseIf(
        delay.compareTo(maxDelay) > 0,
        "maxDelay",
        "out-of-range",
        "maxDelay, %s, is shorter than delay, %s.".formatted(maxDelay, delay),
        "Make maxDelay at least as long as delay.");
    return rules.violations();
  }
}
