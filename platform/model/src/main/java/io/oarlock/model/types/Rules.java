package io.oarlock.model.types;

import io.oarlock.model.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong across the attributes of one object; used by one thread. */
final class Rules {
  private final String base;
  private final List<Violation> found = new ArrayList<>();

  Rules() {
    this("");
  }

  Rules(String base) {
    this.base = base;
  }

  List<Violation> violations() {
    return List.copyOf(found);
  }

  void add(List<Violation> others) {
    found.addAll(others);
  }

  void refuse(String attribute, String code, String detail, String hint) {
    found.add(new Violation(code, detail, base + "/" + attribute, Optional.of(hint)));
  }

  void refuseIf(boolean wrong, String attribute, String code, String detail, String hint) {
    if (wrong) {
      refuse(attribute, code, detail, hint);
    }
  }

  void within(String attribute, Optional<Duration> value, Duration least, Duration most) {
    value.ifPresent(duration -> within(attribute, duration, least, most));
  }

  void within(String attribute, Duration value, Duration least, Duration most) {
    refuseIf(
        value.compareTo(least) < 0 || value.compareTo(most) > 0,
        attribute,
        "out-of-range",
        "%s is %s to %s, not %s.".formatted(attribute, least, most, value),
        "Choose a duration in that range.");
  }

  void bytesAtMost(String attribute, Optional<String> value, long most) {
    value.ifPresent(text ->
        refuseIf(
            AutomationLimits.bytes(text) > most,
            attribute,
            "out-of-range",
            "%s is at most %d bytes, %s is more.".formatted(attribute, most, text),
            "Choose a smaller size."));
  }
}
