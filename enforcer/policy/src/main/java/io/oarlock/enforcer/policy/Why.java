package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why a connection is decided as it is, on both sides, and how little would let it pass.
 *
 * @param changes made together they allow it, and none can be left out; empty when it is allowed
 * @param allowing identifier of the rule that allows it once they are made; empty when a default
 *     does
 */
public record Why(
    Verdict initiator, Verdict receiver, List<Change> changes, Optional<String> allowing) {
  /** Most ports that are likely to be meant. */
  public static final int LIKELY_PORTS_MAX = 4;

  /** A new policy counts as more than any change to one that is there. */
  private static final int NEW_POLICY = 4;

  public Why {
    changes = List.copyOf(changes);
  }

  /**
   * Explains a connection. It compiles the rules anew for each change it tries: this is for people
   * who ask, not for the path of a connection.
   */
  public static Why of(Policies policies, Connection connection) {
    var initiator = policies.decide(connection, Side.INITIATOR);
    var receiver = policies.decide(connection, Side.RECEIVER);
    if (initiator.allowed() && receiver.allowed()) {
      return new Why(initiator, receiver, List.of(), initiator.rule());
    }
    var mending = new Mending(policies, connection);
    var changes = mending.changes();
    return new Why(initiator, receiver, changes, mending.allowing(changes));
  }

  /**
   * TCP ports that somebody may mean who names none: those in policies that could allow it and
   * select an end of it, the policies that select both ends first.
   */
  public static List<Integer> likelyPorts(
      Policies policies, Set<String> subject, Set<String> object) {
    return policies.rules().stream()
        .filter(Mending::couldAllow)
        .filter(rule -> selected(rule, subject, object) > 0)
        .sorted(Comparator.comparingInt(rule -> -selected(rule, subject, object)))
        .flatMap(rule -> rule.ports().stream())
        .flatMap(Why::port)
        .distinct()
        .limit(LIKELY_PORTS_MAX)
        .toList();
  }

  private static int selected(Rule rule, Set<String> subject, Set<String> object) {
    return (Policies.selects(rule.subject(), subject) ? 1 : 0)
        + (Policies.selects(rule.object(), object) ? 1 : 0);
  }

  private static Stream<Integer> port(Ports ports) {
    return ports instanceof Ports.PortRange range && range.protocol().equals("tcp")
        ? Stream.of(Math.max(1, range.first()))
        : Stream.of();
  }

  /** How much is missing, to compare explanations by; nothing when it is allowed. */
  public int cost() {
    return changes.stream().mapToInt(change -> change instanceof Change.Add ? NEW_POLICY : 1).sum();
  }

  /** Whether both sides allow it. */
  public boolean allowed() {
    return initiator.allowed() && receiver.allowed();
  }
}
