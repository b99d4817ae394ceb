package io.oarlock.model.types;

import io.oarlock.model.Doc;
import io.oarlock.model.Example;
import io.oarlock.model.Matches;
import io.oarlock.model.Range;
import io.oarlock.model.Size;
import io.oarlock.model.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one run may use. What is absent takes the platform's default. */
public record AutomationLimits(
    @Doc(
            "Longest time from the start of the script to its answer; PT30S by default, at "
                + "most PT15M.")
        @Example("PT10S")
        Optional<Duration> wallTime,
    @Doc("Most processor time of the script; PT10S by default, at most PT5M.") @Example("PT2S")
        Optional<Duration> cpuTime,
    @Doc("Most heap of the script; 64MiB by default, at most 512MiB.")
        @Example("64MiB")
        @Matches(value = BYTES, message = BYTES_RULE)
        @Size(max = 16)
        Optional<String> memory,
    @Doc(
            "Most log text kept of a run; 256KiB by default, at most 4MiB. What is over is "
                + "dropped and counted.")
        @Example("256KiB")
        @Matches(value = BYTES, message = BYTES_RULE)
        @Size(max = 16)
        Optional<String> log,
    @Doc("Largest value the script may return, as JSON; 1MiB by default and at most.")
        @Example("64KiB")
        @Matches(value = BYTES, message = BYTES_RULE)
        @Size(max = 16)
        Optional<String> result,
    @Doc("Most requests the script may send out; 50 by default.") @Example("10") @Range(max = 1000)
        Optional<Long> outboundRequests,
    @Doc("Most calls of the platform's API; 500 by default.") @Example("100") @Range(max = 10000)
        Optional<Long> apiCalls) {
  static final String BYTES = "[1-9][0-9]{0,9}(B|KiB|MiB|GiB)?";
  static final String BYTES_RULE =
      "Write a number of bytes with its unit: B, KiB, MiB or GiB, for example 64MiB";

  /** Longest wall time anybody can ask for. */
  public static final Duration WALL_TIME_MAX = Duration.ofMinutes(15);

  /** Most processor time anybody can ask for. */
  public static final Duration CPU_TIME_MAX = Duration.ofMinutes(5);

  /** Most heap anybody can ask for, in bytes. */
  public static final long MEMORY_BYTES_MAX = 512L << 20;

  /** Most log text anybody can ask for, in bytes. */
  public static final long LOG_BYTES_MAX = 4L << 20;

  /** Largest result anybody can ask for, in bytes. */
  public static final long RESULT_BYTES_MAX = 1L << 20;

  List<Violation> violations(String pointer) {
    var rules = new Rules(pointer);
    rules.within("wallTime", wallTime, Duration.ofMillis(1), WALL_TIME_MAX);
    rules.within("cpuTime", cpuTime, Duration.ofMillis(1), CPU_TIME_MAX);
    rules.bytesAtMost("memory", memory, MEMORY_BYTES_MAX);
    rules.bytesAtMost("log", log, LOG_BYTES_MAX);
    rules.bytesAtMost("result", result, RESULT_BYTES_MAX);
    return rules.violations();
  }

  /** The number of bytes that a text such as {@code 64MiB} says. */
  public static long bytes(String text) {
    var digits = text.chars().takeWhile(Character::isDigit).count();
    var count = Long.parseLong(text, 0, (int) digits, 10);
    return switch (text.substring((int) digits)) {
      case "KiB" -> count << 10;
      case "MiB" -> count << 20;
      case "GiB" -> count << 30;
      default -> count;
    };
  }
}
