package io.oarlock.enforcer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.oarlock.model.Ports;
import io.oarlock.model.TagExpression;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import io.oarlock.model.types.NetworkAccessPolicy.Observed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class PoliciesTest {
  private static final Set<String> WEB = Set.of("app=web", "env=prod");
  private static final Set<String> DB = Set.of("app=db", "env=prod");

  /** 1,000 sets of rules, each asked 500 times on both sides: a million cases. */
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void aDecisionIsThatOfLookingAtEveryRule(@ForAll long seed) {
    var dice = new Dice(seed);
    var rules = dice.rules(12);
    var defaults = dice.defaults();
    var policies = Policies.compile(1, rules, defaults);
    var oracle = new Oracle(rules, defaults);
    for (var i = 0; i < 500; i++) {
      var connection = dice.connection();
      for (var side : Side.values()) {
        var expected = oracle.decide(connection, side);
        if (!policies.decide(connection, side).equals(expected)) {
          assertThat(policies.decide(connection, side)).as("%s", connection).isEqualTo(expected);
        }
      }
    }
  }

  /** So that rules beyond the first 64-bit word are looked at as well. */
  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void manyRulesAreDecidedAsFewAre(@ForAll long seed) {
    var dice = new Dice(seed);
    var rules = dice.rules(400);
    var policies = Policies.compile(1, rules, Defaults.REJECT);
    var oracle = new Oracle(rules, Defaults.REJECT);
    for (var i = 0; i < 20; i++) {
      var connection = dice.connection();
      assertThat(policies.decide(connection, Side.RECEIVER))
          .isEqualTo(oracle.decide(connection, Side.RECEIVER));
    }
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
  void whatWouldAllowAConnectionDoesAndNoneOfItCanBeLeftOut(@ForAll long seed) {
    var dice = new Dice(seed);
    var rules = dice.rules(6);
    var connection = dice.connection();
    var why = Why.of(Policies.compile(1, rules, Defaults.REJECT), connection);
    var draft = new Draft(rules, Defaults.REJECT, connection);
    assertThat(draft.with(why.changes()).isAllowed()).isTrue();
    for (var change : why.changes()) {
      var fewer = why.changes().stream().filter(each -> !each.equals(change)).toList();
      assertThat(draft.with(fewer).isAllowed()).as("%s without %s", why, change).isFalse();
    }
  }

  @Test
  void nobodyTalksWithoutAPolicy() {
    var verdict = Policies.none().decide(web(DB, 5432), Side.INITIATOR);
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.reason()).isEqualTo("rejected: no policy matches, the default decides");
  }

  @Test
  void rejectBeatsAllowAndNamesItself() {
    var policies = compile(allow("a"), with("z", Action.REJECT, Optional.empty()));
    assertThat(policies.decide(web(DB, 5432), Side.RECEIVER).reason())
        .isEqualTo("rejected by the policy z");
  }

  @Test
  void anObservedRejectOnlyTellsWhatItWouldHaveDone() {
    var policies = compile(allow("a"), with("z", Action.REJECT, Optional.of(Observed.CONTINUE)));
    var verdict = policies.decide(web(DB, 5432), Side.RECEIVER);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.watched()).contains(new Verdict.Watched("z", Action.REJECT));
  }

  @Test
  void anEndThatIsSeveralThingsIsSelectedByAnyOfThem() {
    var policies = compile(allow("a"));
    var both = policies.party(Set.of("net=office")).or(policies.party(WEB));
    var db = policies.party(DB);
    assertThat(policies.decide(both, db, Traffic.tcp(5432), Side.RECEIVER, Dice.NOON).allowed())
        .isTrue();
  }

  @Test
  void aPartyOfOtherPoliciesIsRefused() {
    var old = compile(allow("a"));
    var now = compile(allow("b"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            now.decide(old.party(WEB), now.party(DB), Traffic.tcp(1), Side.RECEIVER, Dice.NOON));
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> compile(allow("a"), allow("a")));
  }

  @Test
  void theSmallestChangeIsOneThatNearlyFits() {
    var policies = compile(allow("a"));
    assertThat(Why.of(policies, web(DB, 6379)).changes())
        .containsExactly(new Change.OpenPort("a", Traffic.tcp(6379)));
    assertThat(Why.of(policies, web(Set.of("app=db"), 5432)).changes())
        .extracting(Object::toString)
        .containsExactly("give the receiver the tag env=prod");
  }

  @Test
  void aPairThatNoPolicyComesNearNeedsANewOne() {
    var why = Why.of(Policies.none(), web(DB, 5432));
    assertThat(why.changes())
        .extracting(Object::toString)
        .containsExactly(
            "allow it with a new policy: app=web and env=prod to app=db and env=prod, [tcp/5432]");
  }

  static Connection web(Set<String> object, int port) {
    return new Connection(WEB, object, Traffic.tcp(port), Dice.NOON);
  }

  private static Policies compile(Rule... rules) {
    return Policies.compile(1, List.of(rules), Defaults.REJECT);
  }

  private static Rule allow(String id) {
    return with(id, Action.ALLOW, Optional.empty());
  }

  private static Rule with(String id, Action action, Optional<Observed> observed) {
    return new Rule(
        id,
        selector("app=web"),
        selector("app=db", "env=prod"),
        List.of(Ports.parse("tcp/5432")),
        action,
        Direction.BIDIRECTIONAL,
        observed,
        false,
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static Rule.Selector selector(String... terms) {
    return new Rule.Selector(TagExpression.parse(List.of(List.of(terms))), false);
  }
}
