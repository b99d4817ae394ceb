package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;
import io.oarlock.model.TagExpression;
import io.oarlock.model.types.NetworkAccessPolicy;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import io.oarlock.model.types.NetworkAccessPolicy.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network policy as an enforcer holds it: what decides, and nothing else.
 *
 * @param id what answers call it by; unique among the rules of a {@link Policies}
 * @param ports what it speaks of; everything when empty
 * @param observed present when it reports instead of enforcing
 * @param from in force from then on, that moment included
 * @param until in force up to then, that moment excluded
 */
public record Rule(
    String id,
    Selector subject,
    Selector object,
    List<Ports> ports,
    Action action,
    Direction direction,
    Optional<Observed> observed,
    boolean encrypt,
    boolean log,
    boolean fallback,
    Optional<Instant> from,
    Optional<Instant> until) {
  public Rule {
    ports = List.copyOf(ports);
  }

  /** Which ends are meant; negated, all that the expression does not match. */
  public record Selector(TagExpression expression, boolean negated) {}

  /**
   * The rule of a policy.
   *
   * @throws IllegalArgumentException when it has a schedule: the platform knows its cron, turns it
   *     into the window at hand and calls {@link #between}
   */
  public static Rule of(NetworkAccessPolicy policy) {
    if (policy.scheduled().activeSchedule().isPresent()) {
      throw new IllegalArgumentException(
          "The policy %s has a schedule, which only the platform can read; send the window it is in force."
              .formatted(policy.meta().name()));
    }
    var id = policy.meta().placed().id();
    return new Rule(
        id.isEmpty() ? policy.meta().name() : id,
        new Selector(policy.policy().subject(), policy.negateSubject()),
        new Selector(policy.object(), policy.negateObject()),
        policy.ports().stream().sorted().map(Ports::parse).toList(),
        policy.action(),
        policy.applyPolicyMode(),
        policy.observationEnabled()
            ? Optional.of(policy.observedTrafficAction())
            : Optional.empty(),
        policy.encryptionEnabled(),
        policy.logsEnabled(),
        policy.fallback().fallback(),
        Optional.empty(),
        policy.expiring().expirationTime());
  }

  /** The same, in force within a window. */
  public Rule between(Optional<Instant> start, Optional<Instant> end) {
    return new Rule(
        id, subject, object, ports, action, direction, observed, encrypt, log, fallback, start,
        end);
  }

  Rule opening(Ports more) {
    var all = new ArrayList<>(ports);
    all.add(more);
    return new Rule(
        id, subject, object, all, action, direction, observed, encrypt, log, fallback, from, until);
  }

  Rule onBothSides() {
    return new Rule(
        id,
        subject,
        object,
        ports,
        action,
        Direction.BIDIRECTIONAL,
        observed,
        encrypt,
        log,
        fallback,
        from,
        until);
  }

  /** Whether it counts for that side, that traffic and that moment; who talks is not looked at. */
  boolean isLive(Side side, Traffic traffic, Instant at) {
    return programs(side) && speaksOf(traffic) && inForce(at);
  }

  boolean programs(Side side) {
    return switch (direction) {
      case BIDIRECTIONAL -> true;
      case INCOMING_TRAFFIC -> side == Side.RECEIVER;
      case OUTGOING_TRAFFIC -> side == Side.INITIATOR;
    };
  }

  boolean speaksOf(Traffic traffic) {
    if (ports.isEmpty()) {
      return true;
    }
    for (var each : ports) {
      if (traffic.isOf(each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether its time has come and has not ended. */
  public boolean inForce(Instant at) {
    return (from.isEmpty() || !at.isBefore(from.get()))
        && (until.isEmpty() || at.isBefore(until.get()));
  }
}
