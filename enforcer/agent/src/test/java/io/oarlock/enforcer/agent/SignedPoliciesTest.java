package io.oarlock.enforcer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oarlock.model.types.Enforcer;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedPoliciesTest {
  private final SignedSets sets = new SignedSets();
  private final Enrolment enrolment = sets.enrolment();

  @Test
  void aSignedSetIsCompiled() {
    var policies = SignedPolicies.verify(sets.set(7), enrolment);

    assertThat(policies.epoch()).isEqualTo(7);
    assertThat(policies.snapshot().policies().rules()).hasSize(1);
    assertThat(policies.revoked()).containsExactly(BigInteger.valueOf(42));
  }

  @Test
  void nobodyElseSignsForTheNamespace() {
    refused(new SignedSets().set(7), "not signed by the authority");
  }

  @Test
  void noByteOfASetCanBeChanged() {
    var set = sets.set(7);
    // But for the last one, whose lower bits base64 does not use.
    for (var i = 0; i < set.length() - 1; i += 11) {
      var other = set.charAt(i) == 'A' ? 'B' : 'A';
      var changed = set.substring(0, i) + other + set.substring(i + 1);
      assertThatThrownBy(() -> SignedPolicies.verify(changed, enrolment))
          .isInstanceOf(AgentException.class);
    }
  }

  @Test
  void noHeaderButTheOneCounts() {
    for (var header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"ES256\"}", "")) {
      refused(sets.sign(header, SignedSets.tree(7)), "not signed by the authority");
    }
  }

  @Test
  void aSetOfAnotherNamespaceIsNotUsed() {
    var tree = SignedSets.tree(7);
    tree.put("namespace", "/acme/test");

    refused(sets.sign(Enforcer.POLICY_SET_HEADER, tree), "of another namespace");
  }

  @Test
  void aNetworkWithHostNamesIsLeftOutAndNamed() {
    var tree = SignedSets.tree(7);
    var network =
        Map.of("name", "updates", "tags", List.of("net=updates"), "entries", List.of("a.example"));
    tree.put("networks", List.of(network));
    var policies = SignedPolicies.verify(sets.sign(Enforcer.POLICY_SET_HEADER, tree), enrolment);

    assertThat(policies.omitted()).singleElement().asString().contains("updates");
  }

  private void refused(String set, String reason) {
    assertThatThrownBy(() -> SignedPolicies.verify(set, enrolment))
        .isInstanceOf(AgentException.class)
        .hasMessageContaining(reason);
  }
}
