package io.oarlock.enforcer.policy;

import io.oarlock.model.Ports;
import io.oarlock.model.TagExpression;
import io.oarlock.model.types.NetworkAccessPolicy.Action;
import io.oarlock.model.types.NetworkAccessPolicy.Direction;
import io.oarlock.model.types.NetworkAccessPolicy.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Random rules and connections over so few words that they meet. */
final class Dice {
  static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");

  private static final List<String> TAGS =
      List.of("app=web", "app=db", "app=dbx", "env=prod", "env=test", "role=front", "role=back");
  private static final List<String> TERMS =
      List.of(
          "app=web",
          "app=db",
          "app=db*",
          "env=prod",
          "env",
          "role=front",
          "role=back",
          "role",
          "!app=web",
          "!env=test",
          "!role",
          "!app=db*");
  private static final List<String> PORTS =
      List.of("tcp/80", "tcp/80:90", "tcp/443", "udp/53", "any", "icmp", "icmp/8/0");
  private static final List<Traffic> TRAFFIC =
      List.of(
          Traffic.tcp(80),
          Traffic.tcp(85),
          Traffic.tcp(443),
          Traffic.udp(53),
          new Traffic.Control("icmp", 8, 0));

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  List<Rule> rules(int most) {
    return IntStream.range(0, random.nextInt(most + 1)).mapToObj(i -> rule("r" + i)).toList();
  }

  Defaults defaults() {
    return new Defaults(random.nextInt(8) == 0, random.nextInt(8) == 0);
  }

  Connection connection() {
    return new Connection(tags(), tags(), pick(TRAFFIC), NOON.plusSeconds(random.nextInt(5) - 2));
  }

  private Rule rule(String id) {
    return new Rule(
        id,
        selector(),
        selector(),
        random.nextBoolean() ? List.of() : List.of(Ports.parse(pick(PORTS))),
        pick(List.of(Action.ALLOW, Action.ALLOW, Action.REJECT, Action.CONTINUE)),
        random.nextInt(3) > 0 ? Direction.BIDIRECTIONAL : pick(List.of(Direction.values())),
        random.nextInt(3) > 0 ? Optional.empty() : Optional.of(pick(List.of(Observed.values()))),
        random.nextInt(3) == 0,
        random.nextInt(3) == 0,
        random.nextInt(4) == 0,
        moment(),
        moment());
  }

  private Rule.Selector selector() {
    return new Rule.Selector(expression(), random.nextInt(6) == 0);
  }

  private TagExpression expression() {
    var lines = new ArrayList<List<String>>();
    for (var i = random.nextInt(3); i >= 0; i--) {
      lines.add(IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(j -> pick(TERMS)).toList());
    }
    return random.nextInt(20) == 0 ? TagExpression.NONE : TagExpression.parse(lines);
  }

  private Optional<Instant> moment() {
    return random.nextInt(6) > 0
        ? Optional.empty()
        : Optional.of(NOON.plusSeconds(random.nextInt(5) - 2));
  }

  private Set<String> tags() {
    var tags = new HashSet<String>();
    for (var i = random.nextInt(5); i > 0; i--) {
      tags.add(pick(TAGS));
    }
    return tags;
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
