package io.oarlock.automations.worker;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/// What a test needs that not every machine has.
final class Here {

  private Here() {}

  /// Skips the test with this reason; where continuous integration runs, that is a failure.
  static void must(boolean possible, String reason) {
    if (!possible && System.getenv("CI") != null) {
      fail("this must run here, but: " + reason);
    }
    if (!possible) {
      abort(reason);
    }
  }
}
