package io.oarlock.enforcer.policy;

import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import io.oarlock.model.types.NetworkAccessPolicy.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides by looking at every rule, from the words of the design: Reject beats Allow, then what is
 * observed and applied, then fallbacks, then the default. Shares no code with what it judges.
 */
final class Oracle {
  private final List<Words> rules;
  private final Defaults defaults;

  /** A rule with its expressions and ports as text. */
  private record Words(
      Rule rule, List<List<String>> subject, List<List<String>> object, List<String> ports) {
    static Words of(Rule rule) {
      return new Words(
          rule,
          rule.subject().expression().toLists(),
          rule.object().expression().toLists(),
          rule.ports().stream().map(Object::toString).toList());
    }
  }

  Oracle(List<Rule> rules, Defaults defaults) {
    this.rules = rules.stream().sorted(Comparator.comparing(Rule::id)).map(Words::of).toList();
    this.defaults = defaults;
  }

  Verdict decide(Connection connection, Side side) {
    var live = new ArrayList<Rule>();
    for (var words : rules) {
      if (matches(words, connection, side)) {
        live.add(words.rule());
      }
    }
    var decider = plain(live, false).or(() -> plain(live, true));
    var resolved = decider.filter(rule -> !rule.fallback()).isPresent();
    var allowed =
        decider
            .map(rule -> rule.action() == Action.ALLOW)
            .orElse(side == Side.INITIATOR ? defaults.allowOutgoing() : defaults.allowIncoming());
    Predicate<Rule> counts =
        rule ->
            decider.filter(d -> alike(d, rule)).isPresent()
                || (rule.action() == Action.CONTINUE
                    && rule.observed().isEmpty()
                    && (!rule.fallback() || !resolved));
    return new Verdict(
        allowed,
        decider.map(Rule::id),
        decider.filter(rule -> rule.observed().isPresent()).isPresent(),
        allowed && any(live, counts.and(Rule::encrypt)),
        any(live, counts.and(Rule::log)),
        watched(live, false)
            .or(() -> resolved ? Optional.empty() : watched(live, true))
            .map(rule -> new Verdict.Watched(rule.id(), rule.action())));
  }

  private static Optional<Rule> plain(List<Rule> live, boolean fallback) {
    return first(live, fallback, Action.REJECT, Optional.empty())
        .or(() -> first(live, fallback, Action.ALLOW, Optional.empty()))
        .or(() -> first(live, fallback, Action.REJECT, Optional.of(Observed.APPLY)))
        .or(() -> first(live, fallback, Action.ALLOW, Optional.of(Observed.APPLY)));
  }

  private static Optional<Rule> watched(List<Rule> live, boolean fallback) {
    return first(live, fallback, Action.REJECT, Optional.of(Observed.CONTINUE))
        .or(() -> first(live, fallback, Action.ALLOW, Optional.of(Observed.CONTINUE)));
  }

  private static Optional<Rule> first(
      List<Rule> live, boolean fallback, Action action, Optional<Observed> observed) {
    for (var rule : live) {
      if (rule.fallback() == fallback
          && rule.action() == action
          && rule.observed().equals(observed)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  private static boolean any(List<Rule> rules, Predicate<Rule> test) {
    for (var rule : rules) {
      if (test.test(rule)) {
        return true;
      }
    }
    return false;
  }

  private static boolean alike(Rule one, Rule other) {
    return one.action() == other.action()
        && one.fallback() == other.fallback()
        && one.observed().equals(other.observed());
  }

  private static boolean matches(Words words, Connection connection, Side side) {
    var rule = words.rule();
    return !(rule.direction() == Direction.INCOMING_TRAFFIC && side == Side.INITIATOR)
        && !(rule.direction() == Direction.OUTGOING_TRAFFIC && side == Side.RECEIVER)
        && rule.from().map(from -> !connection.at().isBefore(from)).orElse(true)
        && rule.until().map(until -> connection.at().isBefore(until)).orElse(true)
        && selects(words.subject(), connection.subject()) != rule.subject().negated()
        && selects(words.object(), connection.object()) != rule.object().negated()
        && speaksOf(words.ports(), connection.traffic());
  }

  private static boolean speaksOf(List<String> ports, Traffic traffic) {
    var any = ports.isEmpty();
    for (var each : ports) {
      any = any || speaksOf(each, traffic);
    }
    return any;
  }

  private static boolean speaksOf(String ports, Traffic traffic) {
    if (ports.equals("any") || !(traffic instanceof Traffic.ToPort(var protocol, var port))) {
      return ports.equals("any") || ports.equals("icmp") || ports.equals(traffic.toString());
    }
    if (!ports.startsWith(protocol + "/")) {
      return false;
    }
    var range = ports.substring(protocol.length() + 1).split(":", -1);
    return Integer.parseInt(range[0]) <= port && port <= Integer.parseInt(range[range.length - 1]);
  }

  private static boolean selects(List<List<String>> lines, Set<String> tags) {
    for (var line : lines) {
      var all = true;
      for (var i = 0; all && i < line.size(); i++) {
        all = term(line.get(i), tags);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  private static boolean term(String term, Set<String> tags) {
    if (term.startsWith("!")) {
      return !term(term.substring(1), tags);
    }
    if (!term.contains("=")) {
      return anyStartsWith(tags, term + "=");
    }
    return term.endsWith("*")
        ? anyStartsWith(tags, term.substring(0, term.length() - 1))
        : tags.contains(term);
  }

  private static boolean anyStartsWith(Set<String> tags, String prefix) {
    for (var tag : tags) {
      if (tag.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
