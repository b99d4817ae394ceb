package io.oarlock.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespacePathTest {
  private static final NamespacePath ACME = NamespacePath.of("/acme");
  private static final NamespacePath PROD = NamespacePath.of("/acme/prod");

  @Test
  void aPathKnowsItsNameItsParentAndItsAncestors() {
    assertThat(PROD.name()).isEqualTo("prod");
    assertThat(PROD.parent()).contains(ACME);
    assertThat(PROD.ancestors()).isEqualTo(List.of(NamespacePath.ROOT, ACME));
    assertThat(ACME.child("prod")).isEqualTo(PROD);
    assertThat(NamespacePath.ROOT.child("acme")).isEqualTo(ACME);
  }

  @Test
  void theRootHasNoParent() {
    assertThat(NamespacePath.of("/")).isSameAs(NamespacePath.ROOT);
    assertThat(NamespacePath.ROOT.parent()).isEqualTo(Optional.empty());
    assertThat(NamespacePath.ROOT.name()).isEqualTo("/");
    assertThat(NamespacePath.ROOT.ancestors()).isEmpty();
  }

  @Test
  void aNamespaceContainsItselfAndWhatIsBelow() {
    assertThat(ACME.contains(ACME)).isTrue();
    assertThat(ACME.contains(PROD)).isTrue();
    assertThat(ACME.isAbove(ACME)).isFalse();
    assertThat(PROD.contains(ACME)).isFalse();
    assertThat(NamespacePath.ROOT.isAbove(PROD)).isTrue();
    assertThat(NamespacePath.ROOT.isAbove(NamespacePath.ROOT)).isFalse();
  }

  @Test
  void aSiblingWhoseNameStartsTheSameIsNotBelow() {
    assertThat(ACME.contains(NamespacePath.of("/acme-evil"))).isFalse();
    assertThat(ACME.contains(NamespacePath.of("/acmeprod/x"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "acme",
        "//",
        "/acme/",
        "/acme//prod",
        "/acme/../prod",
        "/.hidden",
        "/a b",
        "/ä",
        "/acme\n",
        "/a%2fb",
        "/-a"
      })
  void whatIsNoPathIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> NamespacePath.of(text));
  }

  @Test
  void namesAndPathsAreBounded() {
    assertThat(NamespacePath.isName("a".repeat(128))).isTrue();
    assertThat(NamespacePath.isName("a".repeat(129))).isFalse();
    var deep = "/" + "a".repeat(127);
    assertThat(NamespacePath.of(deep.repeat(8)).value()).hasSize(NamespacePath.LENGTH_MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamespacePath.of(deep.repeat(8) + "/b"))
        .withMessageContaining("1024");
  }
}
