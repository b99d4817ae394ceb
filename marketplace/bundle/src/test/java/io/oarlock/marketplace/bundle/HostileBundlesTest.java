package io.oarlock.marketplace.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles made to deceive, each refused for what is wrong with it. */
class HostileBundlesTest {
  private static final List<Hostile> CORPUS = corpus();

  static List<Hostile> hostile() {
    return CORPUS;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isRefusedWithItsReason(Hostile bundle) {
    var refusal =
        catchThrowableOfType(
            BundleException.class, () -> Bundle.read(bundle.archive(), Apps.PLATFORM));

    assertThat(refusal).as("it was taken").isNotNull();
    assertThat(refusal.faults()).extracting(Fault::code).contains(bundle.code);
    assertThat(refusal.faults())
        .allSatisfy(fault -> assertThat(fault.fix()).isNotBlank())
        .allSatisfy(fault -> assertThat(fault.text()).doesNotContain("\0", "\n", "\u202e"));
  }

  @Test
  void thereAreMoreThanSixty() {
    assertThat(CORPUS).hasSizeGreaterThan(60);
    assertThat(CORPUS).extracting(each -> each.name).doesNotHaveDuplicates();
  }

  private static List<Hostile> corpus() {
    var corpus = new ArrayList<Hostile>();
    HostileArchives.all(corpus);
    HostileManifests.all(corpus);
    return corpus;
  }
}
