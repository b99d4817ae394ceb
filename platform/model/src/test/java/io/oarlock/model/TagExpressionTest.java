package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TagExpressionTest {
  private static final Set<String> WEB = Set.of("app=web", "env=prod", "$namespace=/acme/prod");

  private static boolean web(String... line) {
    return TagExpression.parse(List.of(List.of(line))).matches(WEB)
        && TagExpression.parse(List.of(List.of(line))).matches(Tags.of(WEB));
  }

  @Test
  void everyTermOfOneLineMustMatch() {
    assertThat(web("app=web", "env=prod")).isTrue();
    assertThat(web("app=web", "env=dev")).isFalse();
  }

  @Test
  void oneLineIsEnough() {
    var either = TagExpression.parse(List.of(List.of("app=db"), List.of("env=prod")));
    assertThat(either.matches(WEB)).isTrue();
  }

  @Test
  void anEmptyExpressionMatchesNothing() {
    assertThat(TagExpression.NONE.matches(WEB)).isFalse();
    assertThat(TagExpression.NONE.matches(Set.of())).isFalse();
  }

  @Test
  void aKeyAloneAsksWhetherItExists() {
    assertThat(web("env")).isTrue();
    assertThat(web("en")).isFalse();
    assertThat(web("!owner")).isTrue();
  }

  @Test
  void aStarAsksForAPrefixOfTheValue() {
    assertThat(web("$namespace=/acme/*")).isTrue();
    assertThat(web("$namespace=/beta/*")).isFalse();
    assertThat(web("!$namespace=/beta/*")).isTrue();
  }

  @Test
  void notMatchesWhereTheKeyIsAbsent() {
    assertThat(web("!env=dev")).isTrue();
    assertThat(web("!env=prod")).isFalse();
    assertThat(web("!owner=me")).isTrue();
  }

  @Test
  void everyFaultIsToldWithItsPlace() {
    var bad = List.of(List.of("app=web", "=x"), List.<String>of(), List.of("my key", "env="));
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> TagExpression.parse(bad))
        .satisfies(p ->
            assertThat(p.violations())
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/1", "/0/1", "/2/0", "/2/1"));
  }

  @Test
  void linesAndTermsAreBounded() {
    var tall = Collections.nCopies(65, List.of("a=b"));
    var wide = List.of(Collections.nCopies(65, "a=b"));
    assertThat(TagExpression.faults(tall)).extracting(Violation::code).containsExactly("too-many");
    assertThat(TagExpression.faults(wide)).extracting(Violation::pointer).containsExactly("/0");
  }

  @Test
  void theWireFormComesBack() {
    var wire = List.of(List.of("a=b", "!c", "d=e*"), List.of("!f=g", "h", "!i=j*"));
    assertThat(TagExpression.parse(wire).toLists()).isEqualTo(wire);
  }
}
