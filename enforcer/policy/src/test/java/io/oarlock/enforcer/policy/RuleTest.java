package io.oarlock.enforcer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.oarlock.model.TreeCodec;
import io.oarlock.model.types.NetworkAccessPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final Map<String, Object> POLICY =
      Map.of(
          "name",
          "web-to-db",
          "subject",
          List.of(List.of("app=web")),
          "object",
          List.of(List.of("app=web")),
          "negateObject",
          true,
          "ports",
          List.of("tcp/5432"),
          "encryptionEnabled",
          true);

  @Test
  void aPolicyBecomesARuleThatDecidesAsItSays() {
    var policies = Policies.compile(3, List.of(Rule.of(policy(Map.of()))), Defaults.REJECT);
    var verdict = policies.decide(to("app=db"), Side.RECEIVER);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.rule()).contains("web-to-db");
    assertThat(verdict.encrypt()).isTrue();
    assertThat(policies.decide(to("app=web"), Side.RECEIVER).allowed()).isFalse();
  }

  @Test
  void aPolicyPastItsEndDecidesNothing() {
    var rule = Rule.of(policy(Map.of("expirationTime", Dice.NOON.toString())));
    assertThat(rule.inForce(Dice.NOON.minusMillis(1))).isTrue();
    assertThat(rule.inForce(Dice.NOON)).isFalse();
  }

  @Test
  void aScheduleMustHaveBeenTurnedIntoAWindow() {
    var scheduled = policy(Map.of("activeSchedule", "0 0 8 ? * MON-FRI", "activeDuration", "PT1H"));
    assertThatIllegalArgumentException().isThrownBy(() -> Rule.of(scheduled));
    var window =
        Rule.of(policy(Map.of()))
            .between(Optional.of(Dice.NOON), Optional.of(Dice.NOON.plusSeconds(9)));
    assertThat(window.inForce(Instant.EPOCH)).isFalse();
    assertThat(window.inForce(Dice.NOON)).isTrue();
  }

  private static Connection to(String tag) {
    return new Connection(Set.of("app=web"), Set.of(tag), Traffic.tcp(5432), Dice.NOON);
  }

  private static NetworkAccessPolicy policy(Map<String, Object> more) {
    var tree = new HashMap<>(POLICY);
    tree.putAll(more);
    return TreeCodec.of(NetworkAccessPolicy.class).decode(tree);
  }
}
